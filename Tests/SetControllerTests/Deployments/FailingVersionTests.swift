import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A new version that keeps failing in a Deployment never takes the pod down that serves beside it, whether that one carries our
/// labels or not. One that fails alone pauses the set.
@Suite struct FailingVersionTests {
    private func rolled(_ cluster: inout Cluster) throws -> String {
        cluster.edit { $0.image = ContainerImage { $0.tag = "broken" } }
        try cluster.reconcile()
        cluster.fleet.sync("demo")
        let short = try cluster.version.short
        return try #require(cluster.fleet.pods.first { $0.version == short }?.name)
    }

    @Test(arguments: [true, false]) func besideThePodBefore(isGrandfathered: Bool) throws {
        let settings = Settings(crashloopThreshold: 10, adaptiveDeployment: !isGrandfathered)
        var cluster = Cluster(Sample.set(), settings: settings)
        if isGrandfathered { cluster.fleet.addLegacyDeployment() }
        try cluster.converge()
        let serving = cluster.endpoints
        let pod = try rolled(&cluster)
        cluster.fail(pod, times: 11)
        for _ in 0..<5 {
            let plan = try cluster.reconcile()
            #expect(!plan.pauses)
            cluster.fleet.settle(broken: [pod])
            #expect(cluster.endpoints == serving)
        }
        #expect(cluster.set.status?.condition("Ready")?.reason == "CrashLooping")

        cluster.failures = [:]
        cluster.edit { $0.image = ContainerImage { $0.tag = "fixed" } }
        #expect(try cluster.fewestEndpoints() == 1)
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }

    @Test func alone() throws {
        var cluster = Cluster(Sample.set(), settings: Settings(crashloopThreshold: 10, adaptiveDeployment: true))
        try cluster.reconcile()
        cluster.fleet.sync("demo")
        let pod = try #require(cluster.fleet.pods.first?.name)
        cluster.fail(pod, times: 11)
        #expect(try cluster.plan().pauses)
    }
}
