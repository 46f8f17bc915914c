import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// An upgrade reaches the schedulers one at a time, then the executors one at a time; all others keep serving.
struct ClusterUpgradeTests {
    @Test(arguments: ControlPlane.available) func schedulersThenExecutors(_ kind: ControlPlane) async throws {
        try await World.with(kind, "upgrade") { world in
            try await world.startClusterServices()
            try await world.makeCluster("c", schedulers: ["replicas": 3], executors: ["replicas": 5])
            try await world.readyCluster("c")
            let old = Set(try await world.list(.pods).map(\.uid))
            let start = try world.plane.audit.mark()

            let history = PodHistory()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await history.record(world) }
                try await eventually("the recording has begun") { history.states.last?.count == 8 }
                let image: JSONValue = ["image": ["tag": "2.0.1"]]
                try await world.changeCluster("c", ["schedulerSpec": image, "executorSpec": image])
                try await world.readyCluster("c", within: .seconds(180))
                let versions = Set(try await world.list(.pods).map { $0.labels[LabelKey.version] ?? "" })
                try await eventually("the recording is complete") {
                    history.states.last?.values.count { $0.isReady && versions.contains($0.version) } == 8
                }
                group.cancelAll()
            }
            for (role, fewest) in [(ClusterRole.scheduler, 2), (.executor, 4)] {
                let ready = history.states.map { $0.values.count { $0.role == role.rawValue && $0.isReady } }
                #expect(ready.min() == fewest, "\(role): \(ready)")
            }
            #expect(old.isDisjoint(with: try await world.list(.pods).map(\.uid)))
            Self.expectOrder(try world.writes(since: start))
        }
    }

    /// What the API server wrote down: each set changes once, and each workload in turn, all schedulers before any executor.
    private static func expectOrder(_ writes: [AuditLog.Entry]) {
        #expect(writes.allSatisfy { $0.code < 300 }, "\(writes)")
        let sets = writes.filter { $0.resource == "spicepodsets" && $0.subresource.isEmpty }.map(\.name)
        #expect(sets == ["c-scheduler", "c-executor"], "\(sets)")
        let workloads = writes.filter { $0.resource == "statefulsets" }.map(\.name)
        let expected = (0..<3).map { "c-scheduler-\($0)" } + (0..<5).map { "c-executor-\($0)" }
        #expect(workloads == expected, "\(workloads)")
        let changes = writes.filter { sets.contains($0.name) || workloads.contains($0.name) }.filter(\.subresource.isEmpty)
        #expect(changes.map(\.name) == ["c-scheduler"] + expected.prefix(3) + ["c-executor"] + expected.suffix(5), "\(changes)")
    }

    /// Executors are made once a scheduler is ready, and stay on their version while the schedulers do not get through to a new one.
    @Test(arguments: ControlPlane.available) func aSchedulerThatNeverGetsReady(_ kind: ControlPlane) async throws {
        try await World.with(kind, "held") { world in
            try await world.startClusterServices()
            let never: JSONValue = ["hollow/not-ready": "true"]
            try await world.makeCluster("c", schedulers: ["replicas": 2, "annotations": never], executors: ["replicas": 2])
            try await eventually("a scheduler runs") {
                try await world.pods(.scheduler).contains { $0[path: "status", "phase"] == "Running" }
            }
            try await world.condition("c", "Progressing", "True", reason: "WaitingForSchedulers", of: .spicepodClusters)
            #expect(try await world.names(.spicepodSets) == ["c-scheduler"])
            try await world.changeCluster("c", ["schedulerSpec": ["annotations": .null]])
            try await world.readyCluster("c")

            let executors = try await world.pods(.executor).map(\.uid)
            let environment: JSONValue = [["name": "ROUND", "value": "2"]]
            try await world.changeCluster(
                "c", ["schedulerSpec": ["annotations": never, "env": environment], "executorSpec": ["env": environment]])
            try await world.condition("c", "Progressing", "True", reason: "UpgradingSchedulers", of: .spicepodClusters)
            try await eventually("a scheduler has been replaced") {
                let pods = try await world.pods(.scheduler)
                return pods.contains { $0[path: "metadata", "annotations"]?["hollow/not-ready"] != nil }
            }
            try await always("the executors stay, and a scheduler serves", for: .seconds(3)) {
                let (stays, schedulers) = (
                    try await world.pods(.executor).map(\.uid) == executors, try await world.pods(.scheduler)
                )
                return stays && schedulers.contains(where: \.isReady)
            }
            let held = try await world.client.get(.spicepodSets, world.key("c-executor"))
            #expect(held[path: "spec", "env"] == nil)

            try await world.changeCluster("c", ["schedulerSpec": ["annotations": .null]])
            try await world.readyCluster("c")
            #expect(try await Set(executors).isDisjoint(with: world.pods(.executor).map(\.uid)))
        }
    }
}
