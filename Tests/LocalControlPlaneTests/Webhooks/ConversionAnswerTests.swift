import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// What a conversion webhook must not do is refused with the words of the real server.
@Suite struct ConversionAnswerTests {
    private static let prefix = "conversion webhook for example.io/v2, Kind=Gadget"

    @Test(
        arguments: [
            (["uid": "other", "result": ["status": "Success"]], "failed: expected response.uid="),
            (["result": ["status": "Failure"]], "failed: response.result.status was 'Failure', not 'Success'"),
            (["result": ["status": "Failure", "message": "why"]], "failed: why"),
            (["result": ["status": "Success"]], "returned 0 objects, expected 1"),
            (
                ["result": ["status": "Success"], "convertedObjects": [5]],
                "returned invalid object at index 0: invalid groupVersion"
            ),
        ] as [(JSONValue, String)]) func refused(_ response: JSONValue, _ problem: String) async throws
    {
        try await expect("\(Self.prefix) \(problem)") { _ in response }
    }

    @Test(arguments: [
        ("name", "returned invalid object: must have the same name: a != changed"),
        ("namespace", "returned invalid object: must have the same namespace: default != changed"),
        ("uid", "returned invalid object: must have the same UID: "),
        ("labels", "returned invalid metadata: invalid metadata.labels of type string in converted object"),
    ]) func changedMetadata(_ field: String, _ problem: String) async throws {
        try await expect("\(Self.prefix) \(problem)") { request in
            var response = Gadgets.respond(request)
            var object = response["convertedObjects"]?[0] ?? .null
            object[path: "metadata", field] = "changed"
            response["convertedObjects"] = [object]
            return response
        }
    }

    /// Labels and annotations are the conversion's to change, everything else in metadata stays as it was.
    @Test func otherMetadataStays() async throws {
        let (api, webhooks) = try await Gadgets.served()
        try await api.call(.post, Gadgets.v2, Gadgets.gadget("a", version: "v2", [:]))
        webhooks.on("/convert") { request in
            var response = Gadgets.respond(request)
            var object = response["convertedObjects"]?[0] ?? .null
            object[path: "metadata", "finalizers"] = ["example.io/mine"]
            object[path: "metadata", "generation"] = 77
            object[path: "metadata", "labels"] = ["converted": "yes"]
            response["convertedObjects"] = [object]
            return response
        }
        let read = try await api.call(.get, "\(Gadgets.v1)/a")
        #expect(read.body[path: "metadata", "labels", "converted"] == "yes")
        #expect(read.body[path: "metadata", "annotations", "color"] == "red")
        #expect(read.body[path: "metadata", "finalizers"] == nil)
        #expect(read.body[path: "metadata", "generation"] == 1)
    }

    @Test func unreachable() async throws {
        let api = API()
        try await api.call(.post, Gadgets.definitions, Gadgets.definition())
        try await api.call(.post, Gadgets.v2, Gadgets.gadget("a", version: "v2", [:]))
        let read = try await api.call(.get, "\(Gadgets.v1)/a")
        #expect(read.status == 500)
        #expect(read.message.hasPrefix("\(Self.prefix) failed: "))
    }

    private func expect(_ message: String, _ answer: @escaping ScriptedWebhooks.Answer) async throws {
        let (api, webhooks) = try await Gadgets.served()
        try await api.call(.post, Gadgets.v2, Gadgets.gadget("a", version: "v2", ["shape": ["size": 1]]))
        webhooks.on("/convert", answer)
        let read = try await api.call(.get, "\(Gadgets.v1)/a")
        #expect(read.status == 500)
        #expect(read.message.hasPrefix(message), "\(read.message)")
    }
}
