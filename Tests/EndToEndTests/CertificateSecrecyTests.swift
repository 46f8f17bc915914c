import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// A key that signs is in one Secret of the operator's namespace, and nowhere else: in no object, no log and no metric.
struct CertificateSecrecyTests {
    @Test(arguments: ControlPlane.available.suffix(1)) func keysOfAuthorities(_ kind: ControlPlane) async throws {
        try await World.with({ try await CertificatePlanes.start(kind) }, "secrecy") { world in
            let operatorNamespace = "\(world.namespace)-operator"
            _ = try await world.client.create(
                .namespaces,
                ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(operatorNamespace)]])
            world.removeAtEnd(.namespaces, ObjectKey(name: operatorNamespace))
            for service in TestedService.allCases {
                try await world.startController(
                    "a", ["--operator-namespace", operatorNamespace], of: service, awaitsReady: false)
            }
            for service in world.services { try await service.awaitReady() }
            try await world.makeSecureCluster("c", executors: 1)
            try await world.readySecureCluster("c")
            var authorities = [try await world.authority(of: "c", in: operatorNamespace)]
            try await world.requestKeyReplacement("c", "1")
            try await eventually("the key is replaced") {
                let secret = try await world.authority(of: "c", in: operatorNamespace)
                guard secret.annotation(AnnotationKey.rotateCA) == "1" else { return false }
                authorities.append(secret)
                return true
            }
            let webhooks = ObjectKey(namespace: operatorNamespace, name: "spiceai-operator-webhook-ca")
            authorities.append(try await eventually("the webhooks' authority") { try await world.client.get(.secrets, webhooks) })
            let needles = Set(try authorities.flatMap(Self.needles))
            #expect(needles.count == 6)

            func holds(_ text: String) -> Bool { needles.contains { text.contains($0) } }
            let resources: [ResourceType] = [
                .secrets, .configMaps, .events, .pods, .statefulSets, .spicepodSets, .spicepodClusters,
                .validatingWebhookConfigurations, .customResourceDefinitions,
            ]
            var holders: [String] = []
            for resource in resources {
                for object in try await world.client.list(resource, namespace: nil).items where holds(object.text) {
                    holders.append("\(resource.kind) \(object[path: "metadata", "namespace"]?.stringValue ?? "")/\(object.name)")
                }
            }
            let secrets = [authorities[0].name, webhooks.name].map { "Secret \(operatorNamespace)/\($0)" }
            #expect(holders.sorted() == secrets.sorted())
            for service in world.services {
                #expect(!holds(service.program.logText), "log of \(service.service)")
                let metrics = try await service.ask(.metrics, "/metrics").text
                #expect(!holds(metrics), "metrics of \(service.service)")
            }
        }
    }

    /// The key as the Secret holds it, and the middle of its PEM text: what is in both forms of it.
    private static func needles(_ secret: JSONValue) throws -> [String] {
        let pem = String(decoding: try #require(secret.secretBytes("tls.key")), as: UTF8.self)
        let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
        return [try #require(secret[path: "data", "tls.key"]?.stringValue), String(try #require(lines.dropFirst().first))]
    }
}
