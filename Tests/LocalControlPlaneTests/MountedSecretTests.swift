import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// A pod that mounts a Secret starts with it: not before, at once then, and only once.
@Suite struct MountedSecretTests {
    private static let secrets = "/api/v1/namespaces/default/secrets"

    /// As the nodes of a cluster are: nothing is asked of them over HTTP.
    private func node(_ name: String) -> JSONValue {
        pod(
            name,
            spec: [
                "volumes": [["name": "spice-mtls", "secret": ["secretName": .string("\(name)-mtls"), "defaultMode": 288]]],
                "containers": [
                    [
                        "name": "spiced", "image": "i:1", "args": ["--role", "executor"],
                        "ports": [["name": "cluster", "containerPort": 50052]],
                        "volumeMounts": [["name": "spice-mtls", "mountPath": "/etc/spice/mtls", "readOnly": true]],
                    ]
                ],
            ])
    }

    private func secret(_ name: String, _ certificate: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": .string(name)], "type": "Opaque",
            "data": ["tls.crt": .string(certificate)],
        ]
    }

    private func events(_ world: World) async throws -> [JSONValue] {
        try await world.items("/api/v1/namespaces/default/events")
    }

    @Test func waitsAndSaysSo() async throws {
        let world = World()
        try await world.create(Path.pods, node("p"))
        try await world.pass(.seconds(120))
        #expect(try await world.object("\(Path.pods)/p")?[path: "status", "phase"] == "Pending")
        let event = try #require(try await events(world).first { $0["reason"] == "FailedMount" })
        #expect(event["type"] == "Warning")
        #expect(event["message"]?.stringValue?.contains("secret \"p-mtls\" not found") == true)
    }

    @Test func startsTheMomentTheSecretIsThere() async throws {
        let world = World()
        try await world.create(Path.pods, node("p"))
        try await world.create(Path.pods, node("other"))
        try await world.pass(.seconds(90))
        try await world.create(Self.secrets, secret("p-mtls", "Zmlyc3Q="))
        #expect(try await world.run(within: .seconds(1)) { try await world.isReady("p") })
        #expect(try await !world.isReady("other"))
    }

    @Test func aRenewalReachesNothingElse() async throws {
        let world = World()
        try await world.create(Self.secrets, secret("p-mtls", "Zmlyc3Q="))
        try await world.create(Path.pods, node("p"))
        #expect(try await world.run { try await world.isReady("p") })
        let before = try await world.object("\(Path.pods)/p")
        let told = try await events(world).count
        try await world.api.merge("\(Self.secrets)/p-mtls", ["data": ["tls.crt": "c2Vjb25k"]])
        try await world.pass(.seconds(600))
        #expect(try await world.object("\(Path.pods)/p") == before)
        #expect(try await events(world).count == told)
    }

    /// What runs goes on where its Secret is lost; the next pod waits for it again.
    @Test func aLostSecretStopsNothingThatRuns() async throws {
        let world = World()
        try await world.create(Self.secrets, secret("p-mtls", "Zmlyc3Q="))
        try await world.create(Path.pods, node("p"))
        #expect(try await world.run { try await world.isReady("p") })
        try await world.api.call(.delete, "\(Self.secrets)/p-mtls")
        try await world.pass(.seconds(300))
        #expect(try await world.isReady("p"))
    }
}
