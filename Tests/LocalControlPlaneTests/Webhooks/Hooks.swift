import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// An API with admission webhooks that the test answers.
enum Hooks {
    static let mutating = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"
    static let validating = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"

    /// A webhook at `/<name>` for ConfigMaps, unless `fields` say otherwise.
    static func webhook(_ name: String, _ fields: JSONValue = [:]) -> JSONValue {
        var webhook: JSONValue = [
            "name": .string("\(name).test"), "clientConfig": ["url": .string("https://hooks.test/\(name)")],
            "admissionReviewVersions": ["v1"], "sideEffects": "None",
            "rules": [rule(["configmaps"])],
        ]
        for (key, value) in fields.objectValue ?? [:] { webhook[key] = value }
        return webhook
    }

    static func rule(
        _ resources: JSONValue, group: String = "", versions: JSONValue = ["v1"], operations: JSONValue = ["*"],
        scope: String = "*"
    ) -> JSONValue {
        [
            "apiGroups": [.string(group)], "apiVersions": versions, "operations": operations, "resources": resources,
            "scope": .string(scope),
        ]
    }

    static func install(_ webhooks: [JSONValue], _ path: String, name: String = "hooks", in api: API) async throws {
        let kind = path == mutating ? "MutatingWebhookConfiguration" : "ValidatingWebhookConfiguration"
        let answer = try await api.call(
            .post, path,
            [
                "apiVersion": "admissionregistration.k8s.io/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
                "webhooks": .array(webhooks),
            ])
        try #require(answer.status == 201, "\(answer.message)")
    }

    static func served(validating: [JSONValue] = [], mutating: [JSONValue] = []) async throws -> (
        api: API, webhooks: ScriptedWebhooks
    ) {
        let webhooks = ScriptedWebhooks()
        let api = API(webhooks: webhooks)
        if !validating.isEmpty { try await install(validating, Self.validating, in: api) }
        if !mutating.isEmpty { try await install(mutating, Self.mutating, in: api) }
        return (api, webhooks)
    }

    static let allow: JSONValue = ["allowed": true]

    /// Allows and changes the object by a JSON patch.
    static func patch(_ operations: JSONValue) -> JSONValue {
        ["allowed": true, "patchType": "JSONPatch", "patch": .string(base64(operations.serialized()))]
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = Array(bytes[start..<min(start + 3, bytes.count)])
            let bits = chunk.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - chunk.count))
            for index in 0..<4 { text.append(index <= chunk.count ? alphabet[bits >> (18 - 6 * index) & 63] : "=") }
        }
        return text
    }
}
