import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Mutating webhooks change the object one after the other before it is validated and stored.
@Suite struct MutatingAdmissionTests {
    private static func label(_ name: String, _ value: JSONValue) -> JSONValue {
        Hooks.patch([["op": "add", "path": .string("/metadata/labels/\(name)"), "value": value]])
    }

    @Test func patches() async throws {
        let (api, webhooks) = try await Hooks.served(
            validating: [Hooks.webhook("check")], mutating: [Hooks.webhook("first"), Hooks.webhook("second")])
        webhooks.on("/first") { _ in Self.label("first", "1") }
        webhooks.on("/second") { request in
            #expect(request[path: "object", "metadata", "labels", "first"] == "1")
            return Self.label("second", "2")
        }
        webhooks.on("/check") { request in
            ["allowed": .bool(request[path: "object", "metadata", "labels", "second"] == "2")]
        }
        let created = try await api.call(.post, Path.configMaps, configMap("a", [:], labels: ["own": "0"]))
        #expect(created.status == 201, "\(created.message)")
        #expect(created.body[path: "metadata", "labels"] == ["own": "0", "first": "1", "second": "2"])
        // what a webhook sets is nobody's, so that the next apply of the writer does not remove it
        let owned = created.body[path: "metadata", "managedFields"]?[0]?[path: "fieldsV1", "f:metadata", "f:labels"]
        #expect(owned?["f:own"] != nil)
        #expect(owned?["f:first"] == nil)
    }

    /// What a webhook makes of the object is validated like what a user writes.
    @Test func resultIsValidated() async throws {
        let (api, webhooks) = try await Hooks.served(mutating: [Hooks.webhook("first")])
        webhooks.on("/first") { _ in Self.label("first", "not a label value!") }
        let refused = try await api.call(.post, Path.configMaps, configMap("a", [:], labels: ["own": "0"]))
        #expect(refused.status == 422)
    }

    /// A webhook that asks for it is called once more when a later one has changed the object; others are not.
    @Test func reinvocation() async throws {
        let again: JSONValue = ["reinvocationPolicy": "IfNeeded"]
        let (api, webhooks) = try await Hooks.served(mutating: [
            Hooks.webhook("a", again), Hooks.webhook("b"), Hooks.webhook("c", again),
        ])
        webhooks.on("/a") { request in
            let seen = request[path: "object", "metadata", "labels", "c"] ?? "none"
            return Self.label("a", seen)
        }
        webhooks.on("/b") { _ in Hooks.allow }
        webhooks.on("/c") { _ in Self.label("c", "1") }
        let created = try await api.call(.post, Path.configMaps, configMap("x", [:], labels: ["own": "0"]))
        #expect(created.body[path: "metadata", "labels"] == ["own": "0", "a": "1", "c": "1"])
        #expect(["/a", "/b", "/c"].map { webhooks.asked($0).count } == [2, 1, 2])
    }

    @Test(
        arguments: [
            (["allowed": true, "patch": "W10="], "webhook returned response.patch but not response.patchType"),
            (["allowed": true, "patchType": "JSONPatch"], "webhook returned response.patchType but not response.patch"),
            (["allowed": true, "patchType": "Merge", "patch": "W10="], "webhook returned invalid response.patchType of \"Merge\""),
            (["allowed": true, "patchType": "JSONPatch", "patch": "%%%"], "received undecodable patch in webhook response"),
            (Hooks.patch([["op": "remove", "path": "/nothing/here"]]), "Internal error occurred"),
        ] as [(JSONValue, String)]) func badPatches(_ response: JSONValue, _ problem: String) async throws
    {
        let (api, webhooks) = try await Hooks.served(mutating: [Hooks.webhook("first")])
        webhooks.on("/first") { _ in response }
        let refused = try await api.call(.post, Path.configMaps, configMap("a", [:]))
        #expect(refused.status == 500)
        #expect(refused.message.contains(problem), "\(refused.message)")
    }

    /// A mutating webhook in another version changes the object there, and the change arrives in the version of the request.
    @Test func acrossVersions() async throws {
        let (api, webhooks) = try await Gadgets.served()
        let rule = Hooks.rule(["gadgets"], group: "example.io", versions: ["v2"])
        try await Hooks.install([Hooks.webhook("first", ["rules": [rule]])], Hooks.mutating, in: api)
        webhooks.on("/first") { _ in Hooks.patch([["op": "replace", "path": "/spec/shape/size", "value": 7]]) }
        let created = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
        #expect(created.status == 201, "\(created.message)")
        #expect(created.body[path: "spec", "size"] == 7)
    }

    /// A generated name is not there yet for mutating webhooks.
    @Test func generatedName() async throws {
        let (api, webhooks) = try await Hooks.served(mutating: [Hooks.webhook("first")])
        webhooks.on("/first") { _ in Self.label("first", "1") }
        let object: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["generateName": "x-", "labels": ["own": "0"]],
        ]
        let created = try await api.call(.post, Path.configMaps, object)
        #expect(created.status == 201, "\(created.message)")
        #expect(created.body[path: "metadata", "name"]?.stringValue?.hasPrefix("x-") == true)
        let asked = try #require(webhooks.asked("/first").first)
        #expect(asked["name"] == nil)
        #expect(asked[path: "object", "metadata", "name"] == nil)
        #expect(webhooks.asked("/first").count == 1)
    }
}
