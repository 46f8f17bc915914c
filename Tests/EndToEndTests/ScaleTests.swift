import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// The number of replicas is the user's at any time: through the scale subresource, down to none and back.
struct ScaleTests {
    @Test(arguments: ControlPlane.available) func outAndIn(_ kind: ControlPlane) async throws {
        try await World.with(kind, "scale") { world in
            try await world.startController()
            try await world.make("elastic")
            try await world.ready("elastic")
            let first = try await world.client.get(.pods, world.key("elastic-0-0")).uid

            for replicas: Int64 in [3, 1] {
                _ = try await world.client.patch(
                    .spicepodSets, world.key("elastic"), .merge(["spec": ["replicas": .int(replicas)]]), subresource: "scale")
                try await world.ready("elastic")
                let names = (0..<replicas).map { "elastic-\($0)" }
                #expect(try await world.names(.statefulSets, of: "elastic") == names)
                try await eventually("the pods follow") {
                    try await world.names(.pods, of: "elastic") == names.map { "\($0)-0" }
                }
                let scale = try await world.client.get(.spicepodSets, world.key("elastic"), subresource: "scale")
                #expect(scale[path: "spec", "replicas"] == .int(replicas))
                #expect(scale[path: "status", "replicas"] == .int(replicas))
                #expect(scale[path: "status", "selector"] == "spice.ai/spicepod=elastic")
            }
            // what stays is not restarted
            #expect(try await world.client.get(.pods, world.key("elastic-0-0")).uid == first)
        }
    }

    /// A set paused with `replicas: 0` keeps its Service, ConfigMap and ServiceAccount, says so, and comes back as it was.
    @Test(arguments: ControlPlane.available) func pauseAndResume(_ kind: ControlPlane) async throws {
        try await World.with(kind, "pause") { world in
            try await world.startController()
            try await world.make("sleeper", ["replicas": 2, "serviceAccount": ["enabled": true, "create": true]])
            try await world.ready("sleeper")
            let kept: [ResourceType] = [.services, .configMaps, .serviceAccounts]
            var before: [[String]] = []
            for resource in kept { before.append(try await world.list(resource, of: "sleeper").map(\.uid)) }

            try await world.change("sleeper", spec: ["replicas": 0])
            let set = try await world.condition("sleeper", "Paused", "True", reason: "ReplicasZero")
            #expect(set.condition("Ready")?["status"] == "False")
            #expect(set[path: "status", "pauseReason"] == "ReplicasZero")
            #expect(set[path: "status", "replicas"] == "0/0")
            try await eventually("the workloads are gone") {
                let (workloads, pods) = (try await world.names(.statefulSets), try await world.names(.pods))
                return workloads.isEmpty && pods.isEmpty
            }
            for (index, resource) in kept.enumerated() {
                #expect(try await world.list(resource, of: "sleeper").map(\.uid) == before[index])
            }

            try await world.change("sleeper", spec: ["replicas": 2])
            let resumed = try await world.ready("sleeper")
            #expect(resumed.condition("Paused")?["status"] == "False")
            #expect(resumed[path: "status", "pauseReason"] == nil)
            #expect(try await world.list(.pods, of: "sleeper").count(where: \.isReady) == 2)
            #expect(try await world.list(.configMaps, of: "sleeper").map(\.uid) == before[1])
        }
    }
}
