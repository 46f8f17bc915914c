import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// An update replaces pods one at a time in ordinal order, each Ready before the next; all others keep serving.
struct RolloutTests {
    @Test(arguments: ControlPlane.available) func orderedUpdate(_ kind: ControlPlane) async throws {
        try await World.with(kind, "ordered") { world in
            try await world.startController()
            try await world.make("rolling", ["replicas": 3])
            let old = try await world.ready("rolling")[path: "status", "activeVersion"]?.stringValue
            let uids = try await world.list(.statefulSets, of: "rolling").map(\.uid)

            let history = PodHistory()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await history.record(world) }
                try await eventually("the recording has begun") { history.states.last?.count == 3 }
                try await world.change("rolling", spec: ["env": [["name": "NEW", "value": "yes"]]])
                let version = try await world.ready("rolling")[path: "status", "activeVersion"]?.stringValue ?? ""
                #expect(version != old)
                try await eventually("the recording is complete") {
                    history.states.last?.values.count { $0.isReady && version.hasPrefix($0.version) } == 3
                }
                group.cancelAll()

                #expect(history.states.contains { $0.values.count(where: \.isReady) == 2 })
                for pods in history.states {
                    #expect(pods.values.count(where: \.isReady) >= 2)
                    let updated = (0..<3).map { pods["rolling-\($0)-0"].map { version.hasPrefix($0.version) } ?? false }
                    let ready = (0..<3).map { pods["rolling-\($0)-0"]?.isReady ?? false }
                    for ordinal in 1..<3 where updated[ordinal] { #expect(updated[ordinal - 1] && ready[ordinal - 1]) }
                }
            }
            #expect(try await world.list(.statefulSets, of: "rolling").map(\.uid) == uids)
            #expect(try await world.events(of: "rolling", reason: "RestartingPod").count == 3)
        }
    }
}
