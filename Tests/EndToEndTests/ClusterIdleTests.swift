import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// While nothing happens to a cluster its services ask nothing of the API but to renew their Leases, and wake neither themselves
/// nor each other.
struct ClusterIdleTests {
    @Test(arguments: ControlPlane.available) func converged(_ kind: ControlPlane) async throws {
        try await World.with(kind, "cluster-idle") { world in
            let services = [try await world.startController(), try await world.startController(of: .clusterController)]
            for name in ["a", "b"] { try await world.makeCluster(name, executors: ["replicas": 2]) }
            for name in ["a", "b"] {
                try await world.readyCluster(name)
                for told in [name, "\(name)-scheduler", "\(name)-executor"] {
                    try await eventually("\(told)'s event is there") { try await !world.events(of: told, reason: "Ready").isEmpty }
                }
            }
            // A machine under load can miss a probe: then a pod changed, and the window was not idle.
            var others: [AuditLog.Entry] = []
            for _ in 0..<5 {
                let (pods, reconciles) = (try await world.list(.pods), try await Self.reconciles(services))
                let start = try world.plane.audit.mark()
                try await eventually("each Lease is renewed twice", every: .milliseconds(250)) {
                    let renewals = try world.requests(since: start).filter { $0.isLease && $0.isWrite }.map(\.name)
                    return services.allSatisfy { service in renewals.count { $0.hasPrefix(service.service.rawValue) } >= 2 }
                }
                others = try world.requests(since: start).filter { !($0.isLease && $0.isWrite) && $0.verb != "watch" }
                let later = try await Self.reconciles(services)
                guard try await world.list(.pods) == pods else { continue }
                #expect(later == reconciles)
                break
            }
            #expect(others.isEmpty, "\(others)")
        }
    }

    /// How often each service was woken.
    private static func reconciles(_ services: [Controller]) async throws -> [[String]] {
        var lines: [[String]] = []
        for service in services {
            let text = try await service.ask(.metrics, "/metrics").text
            lines.append(text.split(separator: "\n").filter { $0.hasPrefix("spiceai_operator_reconcile_total{") }.map(String.init))
        }
        #expect(lines.allSatisfy { !$0.isEmpty })
        return lines
    }
}
