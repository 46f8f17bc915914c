import ControllerRuntime
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A new set comes up in ordinal order under RollingOrdered, and all at once under RollingParallel.
@Suite struct FirstRolloutTests {
    @Test func inOrdinalOrder() throws {
        var cluster = Cluster(Sample.set { $0.replicas = 3 })
        for ordinal in 0..<3 {
            let names = (0...ordinal).map { "demo-\($0)" }
            let plan = try cluster.reconcile()
            #expect(plan.applied(.statefulSets) == names)
            // asking again before the pod is ready starts no further one
            cluster.fleet.sync("demo-\(ordinal)")
            let again = try cluster.reconcile()
            #expect(again.applied(.statefulSets) == names)
            cluster.fleet.setReady("demo-\(ordinal)-0")
        }
        try cluster.reconcile()
        #expect(cluster.set.status?.replicas == "3/3")
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    @Test func allAtOnce() throws {
        let cluster = try Cluster(Sample.set(yaml: "{replicas: 3, updateStrategy: {type: RollingParallel}}"))
        #expect(try cluster.plan().applied(.statefulSets) == ["demo-0", "demo-1", "demo-2"])
    }

    /// What a pod needs to start is there before its StatefulSet.
    @Test func dependenciesFirst() throws {
        let cluster = try Cluster(
            Sample.set(yaml: "{serviceAccount: {enabled: true, create: true}, network: {egress: [{}]}}"))
        let kinds = try cluster.plan().apply.map(\.resource.kind)
        let workload = try #require(kinds.firstIndex(of: "StatefulSet"))
        for kind in ["ServiceAccount", "Role", "RoleBinding", "ConfigMap", "NetworkPolicy", "Service"] {
            #expect(try #require(kinds.firstIndex(of: kind)) < workload)
        }
    }
}
