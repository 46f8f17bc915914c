import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// What a set costs in API writes, counted in the API server's audit log.
struct WriteCostTests {
    /// Creating a set costs a write for each child and three more: Progressing, Ready, and an event.
    @Test(arguments: ControlPlane.available) func creating(_ kind: ControlPlane) async throws {
        try await World.with(kind, "cost") { world in
            try await world.startController()
            let start = try world.plane.audit.mark()
            try await world.make("costly", ["replicas": 3])
            try await world.ready("costly")
            try await eventually("the Ready event is there") { try await !world.events(of: "costly", reason: "Ready").isEmpty }
            var children = 0
            for resource: ResourceType in [.configMaps, .services, .statefulSets, .podDisruptionBudgets] {
                children += try await world.names(resource, of: "costly").count
            }
            #expect(children == 7)
            let writes = try world.writes(since: start)
            #expect((children...children + 3).contains(writes.count), "\(writes)")
            #expect(writes.allSatisfy { $0.code < 300 }, "\(writes)")
        }
    }

    /// Applying an unchanged manifest again costs nothing, and neither does a change that is none of the controller's business.
    @Test(arguments: ControlPlane.available) func reapplying(_ kind: ControlPlane) async throws {
        try await World.with(kind, "again") { world in
            try await world.startController()
            let manifest = world.manifest("same")
            _ = try await world.client.apply(.spicepodSets, world.key("same"), manifest, force: true)
            try await world.ready("same")
            try await eventually("the Ready event is there") { try await !world.events(of: "same", reason: "Ready").isEmpty }

            let start = try world.plane.audit.mark()
            _ = try await world.client.apply(.spicepodSets, world.key("same"), manifest, force: true)
            try await world.touch("same")
            // the queue is first in, first out: once a later set is Ready, the earlier one was looked at
            try await world.make("later", ["replicas": 0])
            try await world.condition("later", "Paused", "True")
            let writes = try world.writes(since: start)
            #expect(writes.contains { $0.name.hasPrefix("later") })
            #expect(!writes.contains { $0.name.hasPrefix("same") }, "\(writes)")
        }
    }

    /// While nothing happens, Leases are renewed and watches kept; nothing else is asked of the API.
    @Test(arguments: ControlPlane.available) func idle(_ kind: ControlPlane) async throws {
        try await World.with(kind, "idle") { world in
            try await world.startController()
            let names = (0..<10).map { "idle-\($0)" }
            for name in names { try await world.make(name) }
            for name in names { try await world.ready(name, within: .seconds(90)) }
            for name in names {
                try await eventually("\(name)'s event is there") { try await !world.events(of: name, reason: "Ready").isEmpty }
            }
            // A machine under load can miss a probe: then a pod changed, and the window was not idle.
            var others: [AuditLog.Entry] = []
            for _ in 0..<5 {
                let before = try await world.list(.pods)
                let start = try world.plane.audit.mark()
                try await eventually("the Lease is renewed three times", every: .milliseconds(250)) {
                    try world.requests(since: start).count { $0.isLease && $0.isWrite } >= 3
                }
                others = try world.requests(since: start).filter { !($0.isLease && $0.isWrite) && $0.verb != "watch" }
                if try await world.list(.pods) == before { break }
            }
            #expect(others.isEmpty, "\(others)")
        }
    }
}
