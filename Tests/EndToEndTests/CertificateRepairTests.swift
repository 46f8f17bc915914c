import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import SpiceTypes
import Testing

/// A certificate that is lost or damaged is issued anew, and a Secret that somebody else made is left alone.
struct CertificateRepairTests {
    @Test(arguments: ControlPlane.available) func secretsOfNodes(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "repair") { world in
            try await world.startCertificateServices()
            try await world.makeSecureCluster("c", executors: 1)
            try await world.readySecureCluster("c")
            let secret = world.key("c-executor-0-mtls")
            var handshakes = Handshakes()
            for (fault, damage) in [
                ("lost", { _ = try await world.client.delete(.secrets, secret) }),
                ("truncated", { try await world.truncate(secret, "tls.crt") }),
                ("keyless", { try await world.truncate(secret, "tls.key") }),
            ] as [(String, () async throws -> Void)] {
                let before = try await world.files("c-executor-0")
                try await damage()
                try await eventually("a \(fault) certificate is issued anew") {
                    let files = try await world.files("c-executor-0")
                    guard files.key != before.key, files.certificate != before.certificate else { return false }
                    var one = Handshakes()
                    try one.add(fault, host: world.host("c-executor-0"), files)
                    return try await one.verified() == [fault]
                }
            }
            for node in ["c-scheduler-0", "c-executor-0"] {
                try handshakes.add(node, host: world.host(node), try await world.files(node))
            }
            #expect(try await handshakes.accepted().count == 2)
        }
    }

    @Test(arguments: ControlPlane.available) func foreignSecret(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "foreign") { world in
            try await world.startCertificateServices()
            let foreign: JSONValue = [
                "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
                "metadata": ["name": "c-executor-0-mtls", "namespace": .string(world.namespace)],
                "data": ["password": "bm9uZQ=="],
            ]
            let uid = try await world.client.create(.secrets, foreign).uid
            try await world.makeSecureCluster("c", executors: 1)
            try await world.condition(
                "c", "CertificatesReady", "False", reason: "ForeignSecret", of: .spicepodClusters, within: .seconds(90))
            let found = try await world.client.get(.secrets, world.key("c-executor-0-mtls"))
            #expect(found.uid == uid)
            #expect(found["data"] == foreign["data"])
            #expect(found.labels.isEmpty)
            #expect(try await !world.events(of: "c-executor-0", reason: "ForeignSecret").isEmpty)

            _ = try await world.client.delete(.secrets, world.key("c-executor-0-mtls"))
            try await world.readySecureCluster("c")
        }
    }
}

extension World {
    fileprivate func truncate(_ secret: ObjectKey, _ member: String) async throws {
        let value = try await client.get(.secrets, secret)[path: "data", member]?.stringValue ?? ""
        let half = String(value.prefix(value.count / 8 * 4))
        _ = try await client.patch(.secrets, secret, .merge(["data": .object([member: .string(half)])]))
    }
}
