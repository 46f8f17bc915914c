import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// The pods that a growing cluster adds find their certificates: a kubelet that is quicker tries again once at most.
struct CertificateScaleTests {
    @Test(arguments: ControlPlane.available) func moreExecutors(_ kind: ControlPlane) async throws {
        try await World.certificates(kind, "scale") { world in
            try await world.startCertificateServices()
            try await world.makeSecureCluster("c", executors: 1)
            try await world.readySecureCluster("c")
            _ = try await world.client.patch(
                .spicepodClusters, world.key("c"), .merge(["spec": ["executorSpec": ["replicas": 8]]]))
            try await world.readySecureCluster("c")
            let pods = try await world.list(.pods).filter { $0.name.hasPrefix("c-executor") }
            #expect(pods.count == 8)
            let failures = try await world.list(.events).filter { $0["reason"] == "FailedMount" }
            print("FailedMount of 9 pods on the \(kind) plane: \(failures.count)")
            for pod in pods {
                let own = failures.filter { $0[path: "regarding", "name"]?.stringValue == pod.name }
                #expect(own.count <= 1 && own.allSatisfy { $0["series"] == nil }, "\(own.map(\.text))")
            }
        }
    }
}
