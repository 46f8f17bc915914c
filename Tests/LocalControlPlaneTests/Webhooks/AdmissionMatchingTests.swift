import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// A webhook is asked about what its rules and selectors mean, and nothing else.
@Suite struct AdmissionMatchingTests {
    /// Whether a webhook with these fields is asked when a ConfigMap with the label `app: x` is made in `default`.
    @Test(
        arguments: [
            (["rules": [Hooks.rule(["configmaps"], operations: ["UPDATE"])]], false),
            (["rules": [Hooks.rule(["configmaps"], operations: ["CREATE"])]], true),
            (["rules": [Hooks.rule(["secrets"])]], false),
            (["rules": [Hooks.rule(["secrets"]), Hooks.rule(["*"])]], true),
            (["rules": [Hooks.rule(["configmaps/*"])]], true),
            (["rules": [Hooks.rule(["configmaps/status"])]], false),
            (["rules": [Hooks.rule(["configmaps"], group: "apps")]], false),
            (["rules": [Hooks.rule(["configmaps"], versions: ["v2"])]], false),
            (["rules": [Hooks.rule(["configmaps"], scope: "Cluster")]], false),
            (["rules": [Hooks.rule(["configmaps"], scope: "Namespaced")]], true),
            (["objectSelector": ["matchLabels": ["app": "x"]]], true),
            (["objectSelector": ["matchLabels": ["app": "y"]]], false),
            (["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "default"]]], true),
            (
                [
                    "namespaceSelector": [
                        "matchExpressions": [["key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["default"]]]
                    ]
                ], false
            ),
        ] as [(JSONValue, Bool)]) func matching(_ fields: JSONValue, _ isAsked: Bool) async throws
    {
        let (api, webhooks) = try await Hooks.served(validating: [Hooks.webhook("check", fields)])
        webhooks.on("/check") { _ in Hooks.allow }
        #expect(try await api.call(.post, Path.configMaps, configMap("a", [:], labels: ["app": "x"])).status == 201)
        #expect(webhooks.asked("/check").count == (isAsked ? 1 : 0))
    }

    /// With `Equivalent` a write in another version is shown in the webhook's; with `Exact` it passes by.
    @Test(arguments: [true, false]) func versions(_ isEquivalent: Bool) async throws {
        let (api, webhooks) = try await Gadgets.served()
        webhooks.on("/check") { request in
            ["allowed": .bool(request[path: "object", "spec", "shape", "size"] == 3)]
        }
        let rule = Hooks.rule(["gadgets"], group: "example.io", versions: ["v2"], operations: ["CREATE"])
        let policy: JSONValue = isEquivalent ? "Equivalent" : "Exact"
        try await Hooks.install(
            [Hooks.webhook("check", ["rules": [rule], "matchPolicy": policy])], Hooks.validating, in: api)
        #expect(try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3])).status == 201)
        #expect(try await api.call(.post, Gadgets.v1, Gadgets.gadget("b", ["size": 4])).status == (isEquivalent ? 400 : 201))
        guard isEquivalent else {
            #expect(webhooks.asked("/check").isEmpty)
            return
        }
        let asked = try #require(webhooks.asked("/check").first)
        #expect(asked[path: "kind", "version"] == "v2")
        #expect(asked[path: "requestKind", "version"] == "v1")
        #expect(asked[path: "object", "apiVersion"] == "example.io/v2")
    }

    /// `gadgets` does not mean its subresources; a scale is shown as a Scale.
    @Test func subresources() async throws {
        let (api, webhooks) = try await Gadgets.served()
        webhooks.on("/main") { _ in Hooks.allow }
        webhooks.on("/scale") { request in ["allowed": .bool(request[path: "object", "spec", "replicas"] != 13)] }
        try await api.call(.post, Gadgets.v2, Gadgets.gadget("a", version: "v2", ["replicas": 1]))
        func webhook(_ name: String, _ resource: JSONValue) -> JSONValue {
            Hooks.webhook(name, ["rules": [Hooks.rule([resource], group: "example.io", versions: ["*"])]])
        }
        try await Hooks.install(
            [webhook("main", "gadgets"), webhook("scale", "gadgets/scale")], Hooks.validating, in: api)
        try await api.merge("\(Gadgets.v2)/a/status", ["status": ["replicas": 1]])
        #expect(try await api.merge("\(Gadgets.v2)/a/scale", ["spec": ["replicas": 13]]).status == 400)
        #expect(try await api.merge("\(Gadgets.v2)/a/scale", ["spec": ["replicas": 12]]).status == 200)
        #expect(webhooks.asked("/main").isEmpty)
        let scale = try #require(webhooks.asked("/scale").first)
        #expect(scale["kind"] == ["group": "autoscaling", "version": "v1", "kind": "Scale"])
        #expect(scale["subResource"] == "scale")
    }

    /// CEL is not evaluated here, and whoever writes a match condition is told.
    @Test func matchConditions() async throws {
        let api = API()
        let answer = try await api.call(
            .post, Hooks.validating,
            [
                "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
                "metadata": ["name": "hooks"],
                "webhooks": [Hooks.webhook("check", ["matchConditions": [["name": "c", "expression": "true"]]])],
            ])
        #expect(answer.status == 201)
        #expect(answer.warnings.contains { $0.contains("webhooks[0].matchConditions") })
    }
}
