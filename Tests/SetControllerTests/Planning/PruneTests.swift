import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// What a set no longer asks for is removed, and nothing else.
@Suite struct PruneTests {
    @Test func networkPolicy() throws {
        var cluster = try Cluster(Sample.set(yaml: "{network: {egress: [{}]}}"))
        try cluster.converge()
        #expect(cluster.names(.networkPolicies) == ["demo"])
        cluster.edit { $0.network = nil }
        let plan = try cluster.plan()
        #expect(plan.delete.map(\.resource) == [.networkPolicies])
        #expect(try cluster.converge() == [])
        #expect(cluster.names(.networkPolicies) == [])
    }

    @Test func podDisruptionBudget() throws {
        var cluster = try Cluster(Sample.set(yaml: "{replicas: 2, podDisruptionBudget: {enabled: true}}"))
        try cluster.converge()
        cluster.edit { $0.podDisruptionBudget?.enabled = false }
        #expect(try cluster.plan().delete.map(\.resource) == [.podDisruptionBudgets])
    }

    /// An account of one's own takes the place of the operator's, with its Role and RoleBinding.
    @Test func serviceAccount() throws {
        var cluster = try Cluster(Sample.set(yaml: "{serviceAccount: {enabled: true, create: true}}"))
        try cluster.converge()
        #expect(cluster.names(.serviceAccounts) == ["demo"])
        cluster.edit { $0.serviceAccount = ServiceAccountSpec { ($0.enabled, $0.create, $0.name) = (true, false, "mine") } }
        try cluster.converge()
        for resource in [ResourceType.serviceAccounts, .roles, .roleBindings] { #expect(cluster.names(resource) == []) }
        let pod = cluster.object(.statefulSets, "demo-0")?[path: "spec", "template", "spec"]
        #expect(pod?["serviceAccountName"]?.stringValue == "mine")
    }

    /// While pods of the version before still run under it, the account stays.
    @Test func serviceAccountInUse() throws {
        var cluster = try Cluster(Sample.set(yaml: "{serviceAccount: {enabled: true, create: true}}"))
        try cluster.converge()
        cluster.edit { $0.serviceAccount = nil }
        #expect(try cluster.plan().delete == [])
    }

    /// A deletion names the object that was seen, so that a new one of the same name is never hit.
    @Test func byIdentity() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        let pod = try #require(cluster.fleet.pod("demo-0-0"))
        let workload = try #require(cluster.fleet.workload("demo-1"))
        cluster.edit {
            $0.replicas = 1
            $0.image = ContainerImage { $0.tag = "2" }
        }
        try cluster.reconcile()
        #expect(cluster.fleet.workload("demo-1") == nil)
        cluster.fleet.sync("demo-0")
        #expect(try cluster.plan().delete.map(\.uid) == [pod.uid])
        #expect(pod.uid != workload.uid)
    }
}
