import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// An object is written and read in any served version, whatever version is stored.
@Suite struct ConversionTests {
    /// Both versions see the same object: converted by the webhook, validated and defaulted in the version of the request.
    @Test func writtenInOneReadInTheOther() async throws {
        let (api, _) = try await Gadgets.served()
        let created = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
        #expect(created.status == 201, "\(created.message)")
        #expect(created.body["apiVersion"] == "example.io/v1")
        #expect(created.body["spec"] == ["size": 3, "mode": "old"])

        let second = try await api.call(.get, "\(Gadgets.v2)/a")
        #expect(second.body["apiVersion"] == "example.io/v2")
        // the defaults of the stored version too, which the request did not know
        #expect(second.body["spec"] == ["shape": ["size": 3], "mode": "old", "color": "red"])
        #expect(second.body["metadata"]?["uid"] == created.body["metadata"]?["uid"])
        #expect(second.version == created.version)

        let tooLarge = try await api.call(.post, Gadgets.v1, Gadgets.gadget("b", ["size": 11]))
        #expect(tooLarge.status == 422)
        #expect(tooLarge.message.contains("spec.size in body should be less than or equal to 10"))
        let third = try await api.call(.post, Gadgets.v2, Gadgets.gadget("b", version: "v2", ["shape": ["size": 11]]))
        #expect(third.status == 201)
        #expect(third.body["spec"]?["color"] == "red")
    }

    /// A list asks once for all its objects; objects already in the version are not sent.
    @Test func listsAreBatched() async throws {
        let (api, webhooks) = try await Gadgets.served()
        for name in ["a", "b", "c"] {
            try await api.call(.post, Gadgets.v2, Gadgets.gadget(name, version: "v2", ["shape": ["size": 1]]))
        }
        #expect(webhooks.asked("/convert").isEmpty)
        let list = try await api.call(.get, Gadgets.v1)
        #expect(list.body["kind"] == "GadgetList")
        #expect(list.body["items"]?.arrayValue?.compactMap { $0[path: "spec", "size"] } == [1, 1, 1])
        let asked = webhooks.asked("/convert")
        #expect(asked.count == 1)
        #expect(asked.first?["objects"]?.arrayValue?.count == 3)
    }

    /// Patches work on the object as the request's version shows it, and lose nothing that only the other version has words for.
    @Test func patchesInTheRequestsVersion() async throws {
        let (api, _) = try await Gadgets.served()
        try await api.call(
            .post, Gadgets.v2, Gadgets.gadget("a", version: "v2", ["shape": ["size": 1], "note": "kept"]))
        let patched = try await api.merge("\(Gadgets.v1)/a", ["spec": ["size": 4]])
        #expect(patched.status == 200, "\(patched.message)")
        #expect(patched.body[path: "metadata", "generation"] == 2)
        let second = try await api.call(.get, "\(Gadgets.v2)/a")
        #expect(second.body[path: "spec", "shape", "size"] == 4)
        #expect(second.body[path: "spec", "note"] == "kept")

        let status = try await api.merge("\(Gadgets.v1)/a/status", ["status": ["replicas": 2]])
        #expect(status.body[path: "status", "replicas"] == 2)
        let scaled = try await api.merge("\(Gadgets.v1)/a/scale", ["spec": ["replicas": 5]])
        #expect(scaled.body[path: "spec", "replicas"] == 5)
        #expect(try await api.call(.get, "\(Gadgets.v2)/a").body[path: "spec", "replicas"] == 5)
    }

    /// A conversion that fails on the way into the store writes nothing; one that only fails on the way back to the client leaves the
    /// object, as in the real server.
    @Test func failing() async throws {
        let (api, webhooks) = try await Gadgets.served()
        let revision = api.server.revision
        webhooks.on("/convert") { _ in ["result": ["status": "Failure", "message": "no way"]] }
        let refused = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
        #expect(refused.status == 500)
        #expect(refused.message == "conversion webhook for example.io/v1, Kind=Gadget failed: no way")
        #expect(api.server.revision == revision)

        webhooks.on("/convert") { request in
            guard request["desiredAPIVersion"] == "example.io/v2" else {
                return ["result": ["status": "Failure", "message": "no way back"]]
            }
            return Gadgets.respond(request)
        }
        let lost = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
        #expect(lost.message == "conversion webhook for example.io/v2, Kind=Gadget failed: no way back")
        #expect(try await api.call(.get, "\(Gadgets.v2)/a").status == 200)
        #expect(api.server.revision == revision + 1)
    }

    /// `strategy: None` rewrites apiVersion and drops what the other version does not know.
    @Test func withoutWebhook() async throws {
        let (api, _) = try await Gadgets.served(conversion: nil)
        let created = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3, "note": "n"]))
        #expect(created.status == 201)
        let second = try await api.call(.get, "\(Gadgets.v2)/a")
        #expect(second.body["spec"] == ["note": "n", "mode": "old", "color": "red"])
    }

    /// A watch shows every event in its own version.
    @Test func watches() async throws {
        let (api, webhooks) = try await Gadgets.served()
        try await api.call(.post, Gadgets.v2, Gadgets.gadget("a", version: "v2", ["shape": ["size": 1]]))
        let stream = try await api.transport.open(api.request(.get, "\(Gadgets.v1)?watch=true"))
        #expect(stream.headers.fields.contains { $0.name == "Warning" })
        let chunks = stream.chunks.makeAsyncIterator()
        func event() async throws -> JSONValue { try JSONValue(parsing: try await chunks.next() ?? []) }
        let added = try await event()
        #expect(added["type"] == "ADDED")
        #expect(added[path: "object", "spec", "size"] == 1)
        try await api.merge("\(Gadgets.v2)/a", ["spec": ["shape": ["size": 2]]])
        let modified = try await event()
        #expect(modified["type"] == "MODIFIED")
        #expect(modified[path: "object", "apiVersion"] == "example.io/v1")
        #expect(modified[path: "object", "spec", "size"] == 2)

        webhooks.on("/convert") { _ in ["result": ["status": "Failure", "message": "broken"]] }
        try await api.merge("\(Gadgets.v2)/a", ["spec": ["shape": ["size": 3]]])
        let error = try await event()
        #expect(error["type"] == "ERROR")
        #expect(error[path: "object", "message"] == "conversion webhook for example.io/v2, Kind=Gadget failed: broken")
        #expect(try await chunks.next() == nil)
    }

    /// A deprecated version says so on every request, an error included.
    @Test func deprecation() async throws {
        let (api, _) = try await Gadgets.served()
        let warning = ["299 - \"example.io/v1 Gadget is deprecated; use example.io/v2 Gadget\""]
        #expect(try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3])).warnings == warning)
        #expect(try await api.call(.get, Gadgets.v1).warnings == warning)
        #expect(try await api.call(.get, "\(Gadgets.v1)/none").warnings == warning)
        #expect(try await api.call(.delete, "\(Gadgets.v1)/a").warnings == warning)
        #expect(try await api.call(.get, Gadgets.v2).warnings == [])
    }
}
