import JSON
import KubernetesModel
import PKI
import SpiceTypes
import Testing

@testable import CertManager

/// Keys of nodes that talk without certificates do not stay, and come back new.
@Suite struct InsecureTests {
    private let node = "demo-scheduler-0"
    private let secret = "demo-scheduler-0-mtls"

    private func world() async throws -> World {
        let world = try await World()
        try await world.createCluster()
        try await world.createNode(.scheduler)
        try await world.createNode(.executor)
        try await world.settle()
        return world
    }

    /// As its set says, once the node has been rolled.
    private func label(_ world: World, _ value: JSONValue) async throws {
        try await world.patch(.statefulSets, node, ["metadata": ["labels": ["spice.ai/cluster-mtls": value]]])
    }

    @Test func eachKeyGoesWithTheLabelOfItsNode() async throws {
        let world = try await world()
        try await world.patch(.spicepodClusters, "demo", ["spec": ["allowInsecureConnections": true]])
        try await world.settle()
        #expect(try await world.object(.secrets, secret) != nil)
        try await label(world, .null)
        try await world.settle()
        #expect(try await world.object(.secrets, secret) == nil)
        #expect(world.accepts(try await world.leaf(.executor)))
        #expect(try await world.authority() != nil)
    }

    /// Caches may learn of it in the other order.
    @Test func theClusterMayBeSeenLast() async throws {
        let world = try await world()
        try await label(world, .null)
        try await world.settle()
        #expect(try await world.object(.secrets, secret) != nil)
        try await world.patch(.spicepodClusters, "demo", ["spec": ["allowInsecureConnections": true]])
        try await world.settle()
        #expect(try await world.object(.secrets, secret) == nil)
    }

    /// Also those that were left while nobody was there.
    @Test func leftoversAreFound() async throws {
        let world = try await world()
        try await world.patch(.spicepodClusters, "demo", ["spec": ["allowInsecureConnections": true]])
        try await label(world, .null)
        world.restart()
        try await world.settle()
        #expect(try await world.object(.secrets, secret) == nil)
    }

    @Test func secureAgain() async throws {
        let world = try await world()
        let before = try await world.leaf(.scheduler)?.certificate
        try await world.patch(.spicepodClusters, "demo", ["spec": ["allowInsecureConnections": true]])
        try await label(world, .null)
        try await world.settle()
        try await world.patch(.spicepodClusters, "demo", ["spec": ["allowInsecureConnections": false]])
        try await label(world, "enabled")
        try await world.settle()
        let after = try await world.leaf(.scheduler)
        #expect(world.accepts(after) && after?.certificate != before)
        #expect(try await world.condition()?.status == .true)
    }

    @Test func somebodyElsesStays() async throws {
        let world = try await World()
        try await world.create(
            .secrets,
            [
                "apiVersion": "v1", "kind": "Secret", "data": ["a": "Yg=="],
                "metadata": [
                    "name": .string(secret), "namespace": "default",
                    "labels": [
                        "spice.ai/component": "certificate", "spice.ai/cluster": "demo", "spice.ai/cluster-role": "scheduler",
                    ],
                ],
            ])
        try await world.createCluster(spec: ["allowInsecureConnections": true])
        try await world.settle()
        #expect(try await world.object(.secrets, secret) != nil)
    }
}
