import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// `replicas: 0` stops every pod and keeps everything else, so that resuming finds it all in place.
@Suite struct PauseTests {
    @Test func keepsTheSupportingObjects() throws {
        var cluster = try Cluster(
            Sample.set(
                yaml: """
                    replicas: 2
                    serviceAccount: {enabled: true, create: true}
                    network: {ingress: [], egress: [{}]}
                    podDisruptionBudget: {enabled: false}
                    """))
        try cluster.converge()
        let before = cluster.objects.keys.filter { $0.resource != .statefulSets }
        cluster.edit { $0.replicas = 0 }
        #expect(try cluster.plan().removed(.statefulSets) == ["demo-0", "demo-1"])
        try cluster.converge()
        #expect(Set(cluster.objects.keys) == Set(before))
        for resource in [ResourceType.services, .configMaps, .serviceAccounts, .networkPolicies] {
            #expect(!cluster.names(resource).isEmpty)
        }
        #expect(cluster.fleet.ownedPods == [])
    }

    @Test func saysSo() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        let status = try #require(cluster.set.status)
        #expect(status.replicas == "0/0")
        #expect(status.pauseReason == "ReplicasZero")
        #expect(status.condition("Paused")?.status == .true)
        #expect(status.condition("Ready")?.status == .false)
        #expect(status.condition("Ready")?.reason == "Paused")
    }

    @Test func resumes() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        cluster.edit { $0.replicas = 2 }
        try cluster.converge()
        #expect(cluster.fleet.availablePods.count == 2)
        #expect(cluster.set.status?.pauseReason == nil)
        #expect(cluster.set.status?.condition("Paused")?.status == .false)
    }

    /// A set that starts paused has all that needs no pod.
    @Test func fromTheStart() throws {
        var cluster = Cluster(Sample.set { $0.replicas = 0 })
        try cluster.converge()
        #expect(cluster.names(.statefulSets) == [])
        #expect(cluster.names(.services) == ["demo", "demo-headless"])
        #expect(cluster.names(.configMaps).count == 1)
    }
}
