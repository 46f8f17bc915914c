import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// A validating webhook sees every write its rules mean, and its word is final.
@Suite struct ValidatingAdmissionTests {
    /// The denial keeps code, reason and details of the webhook; nothing is written; warnings reach the client either way.
    @Test func denial() async throws {
        let (api, webhooks) = try await Hooks.served(validating: [Hooks.webhook("check")])
        webhooks.on("/check") { request in
            guard request[path: "object", "data", "bad"] != nil else { return ["allowed": true, "warnings": ["careful"]] }
            return [
                "allowed": false, "warnings": ["oh"], "status": ["code": 422, "reason": "Invalid", "message": "data.bad: no"],
            ]
        }
        let revision = api.server.revision
        let denied = try await api.call(.post, Path.configMaps, configMap("a", ["bad": "1"]))
        #expect(denied.status == 422)
        #expect(denied.body["reason"] == "Invalid")
        #expect(denied.message == "admission webhook \"check.test\" denied the request: data.bad: no")
        #expect(denied.warnings == ["299 - \"oh\""])
        #expect(api.server.revision == revision)

        let allowed = try await api.call(.post, Path.configMaps, configMap("a", ["good": "1"]))
        #expect(allowed.status == 201)
        #expect(allowed.warnings == ["299 - \"careful\""])
    }

    @Test(
        arguments: [
            (["allowed": false], 400, "denied the request without explanation"),
            (["allowed": false, "status": ["reason": "Forbidden", "code": 403]], 403, "denied the request: Forbidden"),
            (["allowed": false, "status": ["code": 200, "message": "m"]], 400, "denied the request: m"),
            (["status": ["message": "m"]], 400, "denied the request: m"),
        ] as [(JSONValue, Int, String)]) func words(_ response: JSONValue, _ status: Int, _ words: String) async throws
    {
        let (api, webhooks) = try await Hooks.served(validating: [Hooks.webhook("check")])
        webhooks.on("/check") { _ in response }
        let denied = try await api.call(.post, Path.configMaps, configMap("a", [:]))
        #expect(denied.status == status)
        #expect(denied.message == "admission webhook \"check.test\" \(words)")
    }

    /// Each kind of write is asked about once, with what was and what will be.
    @Test func operations() async throws {
        let (api, webhooks) = try await Hooks.served(validating: [Hooks.webhook("check")])
        webhooks.on("/check") { _ in Hooks.allow }
        try await api.call(.post, "\(Path.configMaps)?fieldManager=me", configMap("a", ["x": "1"]))
        try await api.merge("\(Path.configMaps)/a", ["data": ["x": "2"]])
        _ = try await api.apply("\(Path.configMaps)/a", as: "m", force: true, configMap("a", ["x": "3"]))
        try await api.call(.delete, "\(Path.configMaps)/a")
        let asked = webhooks.asked("/check")
        #expect(asked.compactMap { $0["operation"] } == ["CREATE", "UPDATE", "UPDATE", "DELETE"])
        #expect(asked.map { $0[path: "oldObject", "data", "x"] } == [nil, "1", "2", "3"])
        #expect(asked.map { $0[path: "object", "data", "x"] } == ["1", "2", "3", nil])
        #expect(asked.compactMap { $0["name"] } == ["a", "a", "a", "a"])
        #expect(asked.compactMap { $0["namespace"] } == ["default", "default", "default", "default"])
        #expect(
            asked.compactMap { $0[path: "options", "kind"] } == ["CreateOptions", "PatchOptions", "PatchOptions", "DeleteOptions"])
        let first = try #require(asked.first)
        #expect(first["kind"] == ["group": "", "version": "v1", "kind": "ConfigMap"])
        #expect(first["resource"] == ["group": "", "version": "v1", "resource": "configmaps"])
        #expect(first[path: "options", "fieldManager"] == "me")
        // the object as it will be: with its uid
        let created = first[path: "object", "metadata", "uid"]
        #expect(created != nil && created == asked[1][path: "object", "metadata", "uid"])
    }

    /// A webhook that fails fails the write, unless its policy is to ignore that.
    @Test func failurePolicy() async throws {
        let (api, webhooks) = try await Hooks.served(validating: [
            Hooks.webhook("ignored", ["failurePolicy": "Ignore"]), Hooks.webhook("check"),
        ])
        webhooks.on("/check") { _ in Hooks.allow }
        #expect(try await api.call(.post, Path.configMaps, configMap("a", [:])).status == 201)
        webhooks.on("/ignored") { _ in ["allowed": false] }
        #expect(try await api.call(.post, Path.configMaps, configMap("b", [:])).status == 400)

        webhooks.on("/ignored") { _ in Hooks.allow }
        webhooks.on("/check") { _ in throw WebhookFailure("gone") }
        let failed = try await api.call(.post, Path.configMaps, configMap("c", [:]))
        #expect(failed.status == 500)
        #expect(failed.body["reason"] == "InternalError")
        #expect(
            failed.message
                == "Internal error occurred: failed calling webhook \"check.test\": failed to call webhook: gone")
        webhooks.on("/check") { _ in ["uid": "other", "allowed": true] }
        let invalid = try await api.call(.post, Path.configMaps, configMap("c", [:]))
        #expect(invalid.message.contains("received invalid webhook response: expected response.uid="), "\(invalid.message)")
    }

    /// A dry run reaches webhooks without side effects, marked as such, and is refused where there may be some.
    @Test func dryRun() async throws {
        let (api, webhooks) = try await Hooks.served(validating: [Hooks.webhook("check")])
        webhooks.on("/check") { _ in Hooks.allow }
        #expect(try await api.call(.post, "\(Path.configMaps)?dryRun=All", configMap("a", [:])).status == 201)
        #expect(webhooks.asked("/check").compactMap { $0["dryRun"] } == [true])
        try await Hooks.install([Hooks.webhook("writes", ["sideEffects": "Some"])], Hooks.validating, name: "writes", in: api)
        let refused = try await api.call(.post, "\(Path.configMaps)?dryRun=All", configMap("a", [:]))
        #expect(refused.status == 400)
        #expect(refused.message == "admission webhook \"writes.test\" does not support dry run")
    }

    /// Webhooks can never keep their own configuration from being mended.
    @Test func configurationsAreExempt() async throws {
        let all = Hooks.rule(["*/*"], group: "*", versions: ["*"])
        let (api, _) = try await Hooks.served(validating: [Hooks.webhook("all", ["rules": [all]])])
        #expect(try await api.call(.post, Path.configMaps, configMap("a", [:])).status == 500)
        #expect(try await api.call(.delete, "\(Hooks.validating)/hooks").status == 200)
        #expect(try await api.call(.post, Path.configMaps, configMap("a", [:])).status == 201)
    }
}
