import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// A version whose pods keep failing is stopped: the set is paused, or the new version alone where an older one serves.
struct CrashLoopTests {
    private static let crashing: JSONValue = [
        "hollow/fail": "crashloop", "hollow/backoff": "0.2", "hollow/crash-message": "no such\nbucket",
    ]

    /// The set is paused as the page says, with the container's last words, and a corrected spec with its replicas resumes.
    @Test(arguments: ControlPlane.available) func pausesAndResumes(_ kind: ControlPlane) async throws {
        try await World.with(kind, "crash") { world in
            try await world.startController("a", ["--pause-crashlooping-pods-threshold", "3"])
            try await world.make("looper", ["replicas": 2, "annotations": Self.crashing])
            let paused = try await world.condition("looper", "Paused", "True", reason: "CrashLooping", within: .seconds(180))
            #expect(paused[path: "spec", "replicas"] == 0)
            #expect(paused[path: "status", "pauseReason"] == "CrashLooping")
            #expect(paused.condition("Ready")?["reason"] == "CrashLooping")
            let managers = paused[path: "metadata", "managedFields"]?.arrayValue ?? []
            let owner = managers.first { $0[path: "fieldsV1", "f:spec", "f:replicas"] != nil }
            #expect(owner?["manager"] == "spice-set-controller")
            try await eventually("nothing runs") {
                let (workloads, pods) = (try await world.names(.statefulSets), try await world.names(.pods))
                return workloads.isEmpty && pods.isEmpty
            }
            let event = try await eventually("the event is there") {
                try await world.events(of: "looper", reason: "CrashLooping").first
            }
            #expect(event["type"] == "Warning")
            #expect(event["note"]?.stringValue?.contains("exit code 1 (Error): no such bucket") == true)

            // who applies the replicas with a manager of his own is told who holds them
            let refusal = await #expect(throws: APIError.self) {
                try await world.client.apply(.spicepodSets, world.key("looper"), ["spec": ["replicas": 2]], force: false)
            }
            #expect(refusal?.code == .conflict)
            #expect(refusal?.message.contains("spice-set-controller") == true)
            try await world.change("looper", spec: ["replicas": 2, "annotations": .null])
            let resumed = try await world.ready("looper", within: .seconds(120))
            #expect(resumed[path: "status", "pauseReason"] == nil)
            #expect(resumed.condition("Paused")?["status"] == "False")
            try await eventually("the resumption is told") { try await !world.events(of: "looper", reason: "Resumed").isEmpty }
        }
    }

    /// Pods that end and are made anew by their StatefulSet count, however soon they are gone.
    @Test(arguments: ControlPlane.available) func deadPodsCount(_ kind: ControlPlane) async throws {
        try await World.with(kind, "dead") { world in
            try await world.startController("a", ["--pause-crashlooping-pods-threshold", "2"])
            try await world.make("mortal", ["annotations": ["hollow/phase": "Failed"]])
            let paused = try await world.condition("mortal", "Paused", "True", reason: "CrashLooping", within: .seconds(180))
            #expect(paused[path: "spec", "replicas"] == 0)
        }
    }

    /// A controller that dies does not make its successor begin anew: what was counted is in the cluster.
    @Test(arguments: ControlPlane.available) func aKilledControllerKeepsTheCount(_ kind: ControlPlane) async throws {
        try await World.with(kind, "counted") { world in
            let arguments = ["--no-leader-elect", "--pause-crashlooping-pods-threshold", "6"]
            var controller = try await world.startController("0", arguments)
            try await world.make("victim", ["annotations": Self.crashing])
            var seen = 0.0
            for round in 1...3 {
                let before = seen
                try await eventually("more is counted", within: .seconds(120)) {
                    seen = try await Self.score(world)
                    let replicas = try await world.client.get(.spicepodSets, world.key("victim"))[path: "spec", "replicas"]
                    return seen > before || replicas == 0
                }
                controller.program.signal(SIGKILL)
                #expect(try await controller.program.exited() == 128 + SIGKILL)
                #expect(try await Self.score(world) >= seen)
                controller = try await world.startController("\(round)", arguments)
            }
            let paused = try await world.condition("victim", "Paused", "True", reason: "CrashLooping", within: .seconds(180))
            #expect(paused[path: "spec", "replicas"] == 0)
            #expect(try await Self.score(world) > 6)
        }
    }

    /// What the ledgers of a set's versions hold.
    private static func score(_ world: World) async throws -> Double {
        try await world.list(.configMaps, of: "victim").map { version in
            let text = version[path: "metadata", "annotations"]?["spice.ai/failures"]?.stringValue
            return text.flatMap { try? JSONValue(parsing: $0)["score"]?.doubleValue } ?? 0
        }.reduce(0, +)
    }

    /// Beside a version that serves, the failing one stops alone; the spec of the serving one brings the set back.
    @Test(arguments: ControlPlane.available) func stopsBesideAServingVersion(_ kind: ControlPlane) async throws {
        try await World.with(kind, "beside") { world in
            try await world.startController("a", ["--pause-crashlooping-pods-threshold", "3"])
            try await world.make("pair", ["replicas": 2, "updateStrategy": ["type": "BlueGreen"]])
            try await world.ready("pair")
            let serving = try await world.list(.pods, of: "pair").map(\.uid)

            try await world.change("pair", spec: ["annotations": Self.crashing])
            let stopped = try await eventually("the new version is stopped", within: .seconds(180)) {
                let set = try await world.client.get(.spicepodSets, world.key("pair"))
                return set.condition("Ready")?["reason"] == "CrashLooping" ? set : nil
            }
            #expect(stopped[path: "spec", "replicas"] == 2)
            #expect(stopped[path: "status", "pauseReason"] == nil)
            #expect(stopped.condition("Paused")?["status"] == "False")
            try await eventually("the old pods are left alone") { try await world.list(.pods, of: "pair").map(\.uid) == serving }
            try await always("they serve, and nothing comes back", for: .seconds(3)) {
                let pods = try await world.list(.pods, of: "pair")
                return pods.map(\.uid) == serving && pods.allSatisfy(\.isReady)
            }
            try await world.change("pair", spec: ["annotations": .null])
            try await world.ready("pair")
            #expect(try await world.list(.pods, of: "pair").map(\.uid) == serving)
        }
    }
}
