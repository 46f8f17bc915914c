import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Each role has its own number of nodes; none pauses it. No other pod is touched.
struct ClusterScaleTests {
    @Test(arguments: ControlPlane.available) func eitherSide(_ kind: ControlPlane) async throws {
        try await World.with(kind, "cluster-scale") { world in
            try await world.startClusterServices()
            try await world.makeCluster("c")
            try await world.readyCluster("c")
            let first = try await world.list(.pods).map(\.uid)

            try await world.changeCluster("c", ["executorSpec": ["replicas": 3]])
            try await world.readyCluster("c")
            try await world.changeCluster("c", ["schedulerSpec": ["replicas": 2]])
            let scaled = try await world.readyCluster("c")
            #expect(scaled[path: "status", "schedulers", "ready"] == 2 && scaled[path: "status", "executors", "ready"] == 3)
            #expect(try await Set(world.list(.pods).map(\.uid)).isSuperset(of: first))

            let schedulers = try await world.pods(.scheduler).map(\.uid)
            try await world.changeCluster("c", ["executorSpec": ["replicas": 0]])
            let paused = try await world.condition("c", "Paused", "True", reason: "ReplicasZero", of: .spicepodClusters)
            #expect(paused.condition("Ready")?["reason"] == "Paused")
            #expect(paused.condition("Paused")?["message"]?.stringValue?.contains("spec.executorSpec.replicas") == true)
            try await eventually("no executor runs") { try await world.pods(.executor).isEmpty }
            #expect(try await world.pods(.scheduler).map(\.uid) == schedulers)

            try await world.changeCluster("c", ["executorSpec": ["replicas": 2]])
            let resumed = try await world.readyCluster("c")
            #expect(resumed.condition("Paused")?["status"] == "False")
            #expect(try await world.pods(.executor).map(\.name) == ["c-executor-0-0", "c-executor-1-0"])
            #expect(try await world.pods(.scheduler).map(\.uid) == schedulers)
        }
    }
}
