import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Of several replicas one works; another takes over when it goes.
struct LeaderTests {
    /// A leader that is asked to stop hands over within two seconds, and ends with 0.
    @Test(arguments: ControlPlane.available) func gracefulHandover(_ kind: ControlPlane) async throws {
        try await World.with(kind, "handover") { world in
            let replicas = try await [world.startController("a"), world.startController("b")]
            let leader = try await Self.leader(of: replicas, in: world)
            let other = try #require(replicas.first { $0.identity != leader.identity })
            #expect(try await Self.leads(leader))
            #expect(try await !Self.leads(other))
            try await world.make("first")
            try await world.ready("first")

            leader.program.signal(SIGTERM)
            let stopped = ContinuousClock.now
            try await eventually("the other leads", within: .seconds(10)) {
                try await Self.holder(in: world) == other.identity
            }
            #expect(ContinuousClock.now - stopped < .seconds(2))
            #expect(try await leader.program.exited() == 0)
            try await world.make("second")
            try await world.ready("second")
            #expect(try await Self.leads(other))
        }
    }

    /// A killed leader is replaced once its Lease has run out: 35 seconds, and one look at it more.
    @Test func killedLeader() async throws {
        try await World.with(.embedded, "takeover") { world in
            let replicas = try await [world.startController("a"), world.startController("b")]
            let leader = try await Self.leader(of: replicas, in: world)
            let other = try #require(replicas.first { $0.identity != leader.identity })
            leader.program.signal(SIGKILL)
            try await world.make("orphan")
            try await eventually("the other leads", within: .seconds(42)) { try await Self.holder(in: world) == other.identity }
            try await world.ready("orphan")
        }
    }

    private static func holder(in world: World) async throws -> String? {
        try await world.client.get(.leases, world.key("set-controller-0"))[path: "spec", "holderIdentity"]?.stringValue
    }

    private static func leader(of replicas: [Controller], in world: World) async throws -> Controller {
        try await eventually("one leads") {
            let holder = try await holder(in: world)
            return replicas.first { $0.identity == holder }
        }
    }

    private static func leads(_ controller: Controller) async throws -> Bool {
        let metrics = try await controller.ask(.metrics, "/metrics").text
        return metrics.split(separator: "\n").contains { $0.hasPrefix("leader_election_master_status{") && $0.hasSuffix(" 1") }
    }
}
