import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Rendering a set tells every object it becomes once it is rolled out, without a cluster.
@Suite struct RenderTests {
    private func names(_ set: SpicepodSet, _ settings: Settings = Settings()) throws -> [String] {
        try SetRenderer.objects(of: set, settings: settings).map {
            "\($0["kind"]?.stringValue ?? "")/\($0[path: "metadata", "name"]?.stringValue ?? "")"
        }
    }

    @Test func everyReplicaAtOnce() throws {
        let set = Sample.set { $0.replicas = 3 }
        let short = try Version(of: set.spec, named: "demo").short
        #expect(
            try names(set) == [
                "ConfigMap/demo-\(short)", "Service/demo-headless", "PodDisruptionBudget/demo", "StatefulSet/demo-0",
                "StatefulSet/demo-1", "StatefulSet/demo-2", "Service/demo",
            ])
    }

    @Test func aVersionBesideOthers() throws {
        let set = Sample.set { $0.updateStrategy = UpdateStrategy { $0.type = .blueGreen } }
        let short = try Version(of: set.spec, named: "demo").short
        #expect(try names(set).contains("StatefulSet/demo-\(short)-0"))
    }

    @Test func aDeployment() throws {
        let names = try names(Sample.set { _ in }, Settings(adaptiveDeployment: true))
        #expect(names.contains("Deployment/demo") && names.contains("Service/demo"))
        #expect(!names.contains { $0.hasPrefix("StatefulSet") })
    }

    /// Each StatefulSet mounts the certificate of its own name.
    @Test func nodesOfACluster() throws {
        let set = try Sample.set(yaml: "{replicas: 2, cluster: {name: c, role: scheduler}}")
        let workloads = try SetRenderer.objects(of: set).filter { $0["kind"] == "StatefulSet" }
        let volumes = workloads.flatMap { $0[path: "spec", "template", "spec", "volumes"]?.arrayValue ?? [] }
        #expect(volumes.compactMap { $0[path: "secret", "secretName"]?.stringValue } == ["demo-0-mtls", "demo-1-mtls"])
    }

    /// References to the set need a UID, which is not known.
    @Test func withoutOwners() throws {
        for object in try SetRenderer.objects(of: Sample.set { $0.replicas = 2 }) {
            #expect(object[path: "metadata", "ownerReferences"] == nil)
        }
    }
}
