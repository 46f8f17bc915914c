import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// A controller killed at any moment of a rollout leaves nothing that its successor cannot finish: all replicas end on the
/// last version, nothing exists twice, and StatefulSets were never replaced.
struct KilledControllerTests {
    @Test(arguments: ControlPlane.available) func converges(_ kind: ControlPlane) async throws {
        var random = SeededRandom(seed: 20)
        try await World.with(kind, "killed") { world in
            // without a Lease, which the dead would keep for a while
            var controller = try await world.startController("0", ["--no-leader-elect"])
            try await world.make("victim", ["replicas": 3])
            try await world.ready("victim")
            let before = try await world.list(.statefulSets, of: "victim").map(\.uid)

            for round in 1...5 {
                let start = try world.plane.audit.mark()
                try await world.change("victim", spec: ["env": [["name": "ROUND", "value": .string("\(round)")]]])
                let moment = Int.random(in: 0...8, using: &random)
                try await eventually("write \(moment) of round \(round)") {
                    let set = try await world.client.get(.spicepodSets, world.key("victim"))
                    let isDone =
                        set.condition("Ready")?["status"] == "True"
                        && set.condition("Ready")?["observedGeneration"] == set[path: "metadata", "generation"]
                    return try isDone || world.writes(since: start).count >= moment
                }
                controller.program.signal(SIGKILL)
                #expect(try await controller.program.exited() == 128 + SIGKILL)
                controller = try await world.startController("\(round)", ["--no-leader-elect"])
            }

            let set = try await world.ready("victim", within: .seconds(90))
            let version = try #require(set[path: "status", "activeVersion"]?.stringValue)
            let workloads = try await world.list(.statefulSets, of: "victim")
            #expect(workloads.map(\.name) == ["victim-0", "victim-1", "victim-2"])
            #expect(workloads.map(\.uid) == before)
            #expect(try await world.names(.services, of: "victim") == ["victim", "victim-headless"])
            try await eventually("old versions are gone") { try await world.list(.configMaps, of: "victim").count == 1 }
            let pods = try await world.list(.pods, of: "victim")
            #expect(pods.map(\.name) == ["victim-0-0", "victim-1-0", "victim-2-0"])
            for pod in pods {
                #expect(pod.isReady)
                #expect(version.hasPrefix(pod.labels["spice.ai/version"] ?? "none"))
                #expect(pod[path: "spec", "containers"]?[0]?["env"]?[0]?["value"] == "5")
            }
        }
    }
}
