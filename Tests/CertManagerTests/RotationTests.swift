import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import PKI
import SpiceTypes
import Synchronization
import Testing

@testable import CertManager

/// `spice.ai/rotate-ca` replaces the key of the root CA once for each new value, and ends with every node on the new one, wherever the
/// process was killed.
@Suite struct RotationTests {
    private func world() async throws -> World {
        let world = try await World()
        try await world.createCluster()
        try await world.createNode(.scheduler)
        for ordinal in 0..<3 { try await world.createNode(.executor, ordinal) }
        try await world.settle()
        return world
    }

    private func ask(_ world: World, _ value: JSONValue) async throws {
        try await world.patch(.spicepodClusters, "demo", ["metadata": ["annotations": ["spice.ai/rotate-ca": value]]])
    }

    private func identifier(_ world: World) async throws -> String? {
        try await world.authority()?.certificate?.authorityIdentifier
    }

    private func annotations(_ world: World) async throws -> JSONValue? {
        try await world.object(.secrets, "default.demo-ca", World.namespace)?[path: "metadata", "annotations"]
    }

    private func expectSettled(_ world: World, on identifier: String?, _ value: String) async throws {
        for (role, ordinal) in [(ClusterRole.scheduler, 0), (.executor, 0), (.executor, 1), (.executor, 2)] {
            let leaf = try await world.leaf(role, ordinal)
            #expect(world.accepts(leaf))
            #expect(leaf?.authority?.authorityIdentifier == identifier)
        }
        let annotations = try await annotations(world)
        #expect(annotations?["spice.ai/rotation"] == nil)
        #expect(annotations?["spice.ai/rotate-ca"] == .string(value))
        #expect(try await world.condition()?.reason == "Issued")
        let secret = try await world.object(.secrets, "default.demo-ca", World.namespace)
        #expect(Set(secret?["data"]?.objectValue?.keys ?? [:].keys) == ["ca.crt", "tls.crt", "tls.key"])
    }

    @Test func onceForEachValue() async throws {
        let world = try await world()
        let first = try await identifier(world)
        try await ask(world, "1")
        try await world.settle()
        let second = try await identifier(world)
        #expect(second != first)
        try await expectSettled(world, on: second, "1")
        let reasons = try await world.events().compactMap { $0["reason"]?.stringValue }
        #expect(reasons.contains("RotationStarted") && reasons.contains("RotationComplete"))

        let writes = world.recordWrites()
        try await ask(world, .null)
        try await world.settle()
        try await ask(world, "1")
        try await world.settle()
        world.restart()
        try await world.run(.seconds(7200))
        #expect(writes.all.isEmpty)

        try await ask(world, "2")
        try await world.settle()
        #expect(try await identifier(world) != second)
        try await expectSettled(world, on: try await identifier(world), "2")
    }

    /// What a cluster is born with asks for nothing.
    @Test func aNewClustersAnnotation() async throws {
        let world = try await World()
        try await world.create(
            .spicepodClusters,
            [
                "apiVersion": "spice.ai/v2", "kind": "SpicepodCluster",
                "metadata": ["name": "demo", "namespace": "default", "annotations": ["spice.ai/rotate-ca": "1"]],
                "spec": [
                    "schedulerSpec": ["spicepod": ["name": "demo", "kind": "Spicepod", "version": "v2"]], "executorSpec": [:],
                ],
            ])
        let writes = world.recordWrites()
        try await world.settle()
        #expect(writes.all == ["patch secrets default.demo-ca", "patch spicepodclusters demo"])
    }

    /// Killed after each of its writes, the next process goes on, and the key is replaced no second time.
    @Test(arguments: 0...7) func killedAfterAnyWrite(writes: Int) async throws {
        let world = try await world()
        let before = try await identifier(world)
        try await ask(world, "1")
        let left = Mutex(writes)
        world.server.faults.intercept { request in
            guard request.method != .get, request.headers.contains(where: { $0.value == "cert-manager" }) else { return nil }
            let isAlive = left.withLock { left in
                left -= 1
                return left >= 0
            }
            return isAlive ? nil : HTTPResponse(status: 400, headers: HTTPHeaders([]), body: [])
        }
        try await world.settle()
        let during = try await identifier(world)
        #expect((during != before) == (writes > 0))
        world.server.faults.intercept(nil)
        world.restart()
        try await world.settle()
        let after = try await identifier(world)
        if writes > 0 { #expect(after == during) }
        #expect(after != before)
        try await expectSettled(world, on: after, "1")
    }

    /// An answer that was lost is no failure: what it was about is there.
    @Test func aLostAnswer() async throws {
        let world = try await world()
        try await ask(world, "1")
        let server = world.server
        let lost = Mutex(false)
        let made = Mutex<[String]>([])
        server.faults.audit { line in
            if line.contains("default.demo-ca"), line.contains("\"patch\"") { made.withLock { $0.append(line) } }
        }
        server.faults.intercept { request in
            guard request.method == .patch, request.path.hasSuffix("default.demo-ca"), !lost.withLock({ $0 }) else { return nil }
            lost.withLock { $0 = true }
            return HTTPResponse(status: 504, headers: HTTPHeaders([]), body: [])
        }
        try await world.run(.seconds(10))
        try await expectSettled(world, on: try await identifier(world), "1")
    }

    /// A second request in the midst of the first waits for its end.
    @Test func requestsDoNotOverlap() {
        #expect(KeyRotation(request: "2", takenUp: "1", isSwitching: true, nodesFollow: false).next == .waitForNodes)
        #expect(KeyRotation(request: "2", takenUp: "1", isSwitching: true, nodesFollow: true).next == .settle)
        #expect(KeyRotation(request: "2", takenUp: "1", isSwitching: false, nodesFollow: true).next == .replaceKey)
        #expect(KeyRotation(request: "2", takenUp: "2", isSwitching: false, nodesFollow: false).next == .nothing)
        #expect(KeyRotation(request: nil, takenUp: "2", isSwitching: false, nodesFollow: false).next == .nothing)
    }
}
