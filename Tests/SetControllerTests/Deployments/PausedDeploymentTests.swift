import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// 0 replicas leave the Deployment its place without a pod, so that a grandfathered one is there again afterwards.
@Suite struct PausedDeploymentTests {
    @Test(arguments: [1, 2] as [Int32]) func resumed(replicas: Int32) throws {
        var cluster = GrandfatheredTests.cluster()
        try cluster.converge()
        let uid = cluster.fleet.deployment?.uid
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        #expect(cluster.fleet.deployment?.uid == uid)
        #expect(cluster.fleet.pods.isEmpty)
        #expect(cluster.set.status?.condition("Ready")?.reason == Reason.paused.rawValue)
        #expect(cluster.set.status?.replicas == "0/0")

        cluster.edit { $0.replicas = replicas }
        try cluster.converge()
        cluster.now = cluster.now + .seconds(30)
        try cluster.converge()
        #expect(cluster.endpoints.count == Int(replicas))
        #expect(cluster.fleet.deployment?.uid == (replicas == 1 ? uid : nil))
    }

    /// A set whose StatefulSets were paused away starts anew as its spec has it.
    @Test func intoADeployment() throws {
        var cluster = Cluster(Sample.set { $0.replicas = 2 }, settings: Settings(adaptiveDeployment: true))
        try cluster.converge()
        cluster.edit { $0.replicas = 0 }
        try cluster.converge()
        #expect(cluster.fleet.workloads.isEmpty)
        cluster.edit { $0.replicas = 1 }
        try cluster.converge()
        #expect(cluster.fleet.deployment != nil)
        #expect(cluster.endpoints.count == 1)
        #expect(cluster.names(.statefulSets) == [])
    }
}
