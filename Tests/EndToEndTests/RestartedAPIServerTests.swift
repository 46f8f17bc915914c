import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// An API server that is killed, stays away for seconds and comes back without its watch history (so that watches end in
/// 410) is survived: same process, same children, and work goes on. On the embedded one, which can be restarted on its port.
struct RestartedAPIServerTests {
    @Test func controllerRecovers() async throws {
        let directory = try TestRun.makeDirectory("restarted")
        let start: @Sendable () async throws -> RunningControlPlane = {
            try await RunningControlPlane.startEmbedded(in: directory, keepsState: true)
        }
        try await World.with(start, "restart") { world in
            let controller = try await world.startController()
            try await world.make("steady", ["replicas": 2])
            try await world.ready("steady")
            let resources: [ResourceType] = [.statefulSets, .services, .configMaps, .pods]
            var before: [[String]] = []
            for resource in resources { before.append(try await world.list(resource, of: "steady").map(\.uid)) }

            world.plane.program.signal(SIGKILL)
            _ = try await world.plane.program.exited()
            try await always("the controller lives while the API is away", for: .seconds(6)) {
                guard controller.program.isRunning else { return false }
                return try await controller.ask(.health, "/health").text == "OK"
            }
            _ = try await RunningControlPlane.startEmbedded(
                in: directory, address: try Kubeconfig.address(of: world.plane), keepsState: true)

            try await world.make("newcomer")
            try await world.ready("newcomer")
            try await world.change("steady", spec: ["replicas": 3])
            try await world.ready("steady")
            for (index, resource) in resources.enumerated() {
                let now = try await world.list(resource, of: "steady").map(\.uid)
                #expect(Set(before[index]).isSubset(of: now), "\(resource.plural) were replaced")
            }
            #expect(try await world.names(.statefulSets, of: "steady") == ["steady-0", "steady-1", "steady-2"])
            #expect(controller.program.isRunning)
            let metrics = try await controller.ask(.metrics, "/metrics").text.split(separator: "\n")
            let ends = metrics.filter { $0.hasPrefix("spiceai_operator_watch_ends_total{") }
            #expect(ends.contains { $0.contains("reason=\"error_event\"") || $0.contains("reason=\"expired\"") }, "\(ends)")
        }
    }
}
