import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// What a running controller serves about itself, and how it ends.
struct EndpointTests {
    @Test(arguments: ControlPlane.available) func healthMetricsAndEnd(_ kind: ControlPlane) async throws {
        try await World.with(kind, "endpoints") { world in
            let controller = try await world.startController()
            #expect(try await controller.ask(.health, "/health") == (200, "OK"))
            let (status, targets) = try await controller.ask(.health, "/ready")
            #expect(status == 200)
            #expect(targets.contains("caches: ok"))

            try await world.make("measured")
            try await world.ready("measured")
            let metrics = try await controller.ask(.metrics, "/metrics").text
            for family in ["spiceai_operator_build_info", "workqueue_depth", "rest_client_requests_total", "process_"] {
                #expect(metrics.contains("\n\(family)"), "no \(family)")
            }

            #expect(try await controller.ask(.metrics, "/loglevel").text == "info\n")
            #expect(try await controller.ask(.metrics, "/loglevel", method: .put, query: [("level", "debug")]).status == 200)
            #expect(try await controller.ask(.metrics, "/loglevel").text == "debug\n")
            #expect(try await controller.ask(.metrics, "/loglevel", method: .put, query: [("level", "loud")]).status == 400)
            #expect(try await controller.ask(.health, "/nothing").status == 404)

            controller.program.signal(SIGTERM)
            #expect(try await controller.program.exited(within: .seconds(20)) == 0)
        }
    }
}
