import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import PKI
import Synchronization
import Testing

@testable import CertManager

/// Whatever is labelled for it gets a serving certificate and the trust in it, and a server never greets with what its callers do
/// not trust.
@Suite struct ServingTests {
    private let secret = "hooks-tls"

    private func configuration(_ name: String, _ secret: String? = "hooks-tls", bundle: String? = nil) -> JSONValue {
        var client: JSONValue = ["service": ["name": "hooks", "namespace": "spiceai-operator-system", "path": "/validate"]]
        if let bundle { client["caBundle"] = .string(bundle) }
        var object: JSONValue = [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": ["name": .string(name)],
            "webhooks": [
                [
                    "name": "a.spice.ai", "clientConfig": client, "admissionReviewVersions": ["v1"], "sideEffects": "None",
                    "rules": [["apiGroups": ["x"], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["y"]]],
                ],
                [
                    "name": "b.spice.ai", "clientConfig": ["url": "https://10.0.0.9:8443/b"], "admissionReviewVersions": ["v1"],
                    "sideEffects": "None",
                ],
            ],
        ]
        if let secret { object[path: "metadata", "labels"] = ["spice.ai/serving-certificate": .string(secret)] }
        return object
    }

    private func bundles(_ world: World, _ name: String = "one") async throws -> [[Certificate]] {
        let object = try await world.object(.validatingWebhookConfigurations, name)
        return (object?["webhooks"]?.arrayValue ?? []).map { webhook in
            let text = webhook[path: "clientConfig", "caBundle"]?.stringValue ?? ""
            return (try? Certificate.all(pem: Base64.decode(text) ?? [])) ?? []
        }
    }

    private func trusted(_ world: World, _ name: String = "one") async throws -> Bool {
        guard let leaf = try await world.secret(secret, World.namespace)?.certificate else { return false }
        let bundles = try await bundles(world, name)
        return !bundles.isEmpty
            && bundles.allSatisfy { (try? Certificate.verifyServer([leaf], roots: $0, at: world.now)) != nil }
    }

    private func world() async throws -> World {
        let world = try await World()
        try await world.create(.validatingWebhookConfigurations, configuration("one"))
        try await world.settle()
        return world
    }

    @Test func certificateAndTrust() async throws {
        let world = try await world()
        #expect(try await trusted(world))
        let leaf = try #require(try await world.secret(secret, World.namespace))
        #expect(leaf.pair != nil)
        #expect(leaf.certificate?.names(host: "hooks.spiceai-operator-system.svc") == true)
        #expect(leaf.certificate?.names.contains(.address([10, 0, 0, 9])) == true)
        let root = try await world.secret("spiceai-operator-webhook-ca", World.namespace)?.certificate
        #expect(root != nil && leaf.authority == root)
        // nothing else of the configuration was touched
        var object = try #require(try await world.object(.validatingWebhookConfigurations, "one"))
        #expect(object["webhooks"]?[0]?[path: "clientConfig", "service"]?["path"] == "/validate")
        object = object["metadata"] ?? [:]
        #expect(object["labels"] == ["spice.ai/serving-certificate": "hooks-tls"])
        let writes = world.recordWrites()
        world.restart()
        try await world.run(.seconds(86400))
        #expect(writes.all.isEmpty)
    }

    @Test func definitionsToo() async throws {
        let world = try await World()
        try await world.patch(
            .customResourceDefinitions, "spicepodclusters.spice.ai",
            [
                "metadata": ["labels": ["spice.ai/serving-certificate": "crd-tls"]],
                "spec": [
                    "conversion": [
                        "strategy": "Webhook",
                        "webhook": [
                            "conversionReviewVersions": ["v1"],
                            "clientConfig": ["service": ["name": "c", "namespace": "spiceai-operator-system", "path": "/convert"]],
                        ],
                    ]
                ],
            ])
        try await world.settle()
        let leaf = try #require(try await world.secret("crd-tls", World.namespace)?.certificate)
        let object = try await world.object(.customResourceDefinitions, "spicepodclusters.spice.ai")
        let text = object?[path: "spec", "conversion", "webhook", "clientConfig", "caBundle"]?.stringValue ?? ""
        let roots = try Certificate.all(pem: try #require(Base64.decode(text)))
        try Certificate.verifyServer([leaf], roots: roots, at: world.now)
        #expect(leaf.names(host: "c.spiceai-operator-system.svc"))
    }

    /// The authority was lost with its key: callers trust old and new until the servers can be expected to have the new certificate.
    @Test func anotherAuthority() async throws {
        let world = try await world()
        let old = try #require(try await world.secret("spiceai-operator-webhook-ca", World.namespace)?.certificate)
        let writes = world.recordWrites()
        try await world.delete(.secrets, "spiceai-operator-webhook-ca", World.namespace)
        try await world.settle()
        let new = try #require(try await world.secret("spiceai-operator-webhook-ca", World.namespace)?.certificate)
        #expect(new.authorityIdentifier != old.authorityIdentifier)
        #expect(try await bundles(world) == [[new, old], [new, old]])
        #expect(try await trusted(world))
        // everybody trusts the new one before anybody greets with it
        let order = writes.all
        #expect(
            order.lastIndex(of: "patch validatingwebhookconfigurations one") ?? 99 < order.firstIndex(of: "patch secrets hooks-tls")
                ?? 0)
        try await world.run(.seconds(660))
        #expect(try await bundles(world) == [[new], [new]])
        #expect(try await trusted(world))
    }

    /// At no moment does a server that has the newest Secret greet with what its callers do not trust, through years of renewals.
    @Test func renewals() async throws {
        let world = try await World(
            Settings(
                authorityTerms: CertificateTerms(lifetime: .seconds(3600)), leafTerms: CertificateTerms(lifetime: .seconds(900))))
        try await world.create(.validatingWebhookConfigurations, configuration("one"))
        try await world.settle()
        var last = try await world.secret(secret, World.namespace)?.certificate
        var seen: Set<String> = []
        try await world.run(.seconds(20000)) {
            #expect(try await trusted(world))
            let now = try #require(try await world.secret(secret, World.namespace)?.certificate)
            let before = try #require(last)
            // and a server that is one certificate behind is trusted as well
            if before.notAfter >= world.now {
                for roots in try await bundles(world) { try Certificate.verifyServer([before], roots: roots, at: world.now) }
            }
            last = now
            seen.insert(now.fingerprint)
        }
        #expect(seen.count > 20)
    }

    @Test func deletedThings() async throws {
        let world = try await world()
        try await world.delete(.secrets, secret, World.namespace)
        try await world.settle()
        #expect(try await trusted(world))
        // another label
        try await world.patch(
            .validatingWebhookConfigurations, "one", ["metadata": ["labels": ["spice.ai/serving-certificate": "other-tls"]]])
        try await world.settle()
        #expect(try await world.secret(secret, World.namespace) == nil)
        #expect(try await world.secret("other-tls", World.namespace)?.pair != nil)
        try await world.delete(.validatingWebhookConfigurations, "one", "")
        try await world.settle()
        #expect(try await world.secret("other-tls", World.namespace) == nil)
    }

    /// Somebody's own certificate works already: neither it nor the trust in it is touched.
    @Test func foreignSecret() async throws {
        let world = try await World()
        try await world.create(
            .secrets,
            [
                "apiVersion": "v1", "kind": "Secret", "data": ["a": "Yg=="],
                "metadata": ["name": .string(secret), "namespace": .string(World.namespace)],
            ])
        try await world.create(.validatingWebhookConfigurations, configuration("one"))
        try await world.settle()
        #expect(try await bundles(world) == [[], []])
        #expect(try await world.object(.secrets, secret, World.namespace)?["data"] == ["a": "Yg=="])
        #expect(try await world.events().contains { $0["reason"] == "ForeignSecret" })
    }

    /// A label cannot make cert-manager overwrite what it made for something else.
    @Test(arguments: ["spiceai-operator-webhook-ca", "default.demo-ca", "Not_A_Name"]) func otherNames(name: String) async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.settle()
        let before = try await world.authority()?.certificate
        try await world.create(.validatingWebhookConfigurations, configuration("one", name))
        try await world.settle()
        #expect(try await world.authority()?.certificate == before)
        let root = try await world.secret("spiceai-operator-webhook-ca", World.namespace)?.certificate
        #expect(root?.isAuthority == true)
        #expect(try await bundles(world) == [[], []])
    }

    /// Somebody who clears the bundle gets it back.
    @Test func clearedBundle() async throws {
        let world = try await world()
        var object = try #require(try await world.object(.validatingWebhookConfigurations, "one"))
        object["webhooks"] = configuration("one")["webhooks"]
        _ = try await world.client().replace(.validatingWebhookConfigurations, ObjectKey(name: "one"), object)
        try await world.settle()
        #expect(try await trusted(world))
    }
}
