import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Where another version serves, only the pods of the failing one are stopped, until the spec describes another.
@Suite struct CrashStopTests {
    private func rolledHalf(_ strategy: UpdateStrategyType) throws -> (Cluster, old: String, pod: String) {
        var cluster = try Cluster.running(replicas: 3) { $0.updateStrategy = UpdateStrategy { $0.type = strategy } }
        let old = try cluster.version.short
        cluster.edit { $0.image = ContainerImage { $0.tag = "broken" } }
        let pod = strategy == .blueGreen ? "demo-\(try cluster.version.short)-0-0" : "demo-0-0"
        let new = try (0..<3).map { strategy == .blueGreen ? "demo-\(try cluster.version.short)-\($0)-0" : "demo-\($0)-0" }
        for _ in 0..<20 {
            try cluster.reconcile()
            // those that are ready stay so
            cluster.fleet.settle(broken: Set(new))
        }
        cluster.fail(pod, times: 11)
        return (cluster, old, pod)
    }

    @Test(arguments: [UpdateStrategyType.rollingOrdered, .rollingParallel, .blueGreen])
    func stopsOnlyTheNewVersion(strategy: UpdateStrategyType) throws {
        var (cluster, old, _) = try rolledHalf(strategy)
        let version = try cluster.version.short
        let serving = cluster.fleet.ownedPods.filter { $0.version == old }.map(\.name)
        #expect(serving.count == (strategy == .blueGreen ? 3 : 2))
        for _ in 0..<10 {
            let plan = try cluster.reconcile()
            #expect(!plan.pauses)
            #expect(plan.removed(.pods) == [])
            cluster.fleet.settle()
        }
        #expect(cluster.fleet.ownedPods.map(\.name) == serving)
        #expect(cluster.fleet.ownedPods.allSatisfy { $0.version == old && $0.isAvailable })
        #expect(cluster.set.spec.replicas == 3)
        let status = try #require(cluster.set.status)
        #expect(status.pauseReason == nil)
        #expect(status.condition("Paused")?.status == .false)
        #expect(status.condition("Ready")?.reason == "CrashLooping")
        #expect(status.condition("Ready")?.message.hasPrefix("Version \(version) is stopped: ") == true)
        #expect(try cluster.plan().events == [])
        // the version before is still what it was
        #expect(cluster.names(.configMaps) == ["demo-\(old)", "demo-\(version)"].sorted())

        cluster.failures = [:]
        cluster.edit { $0.image = ContainerImage { $0.tag = "fixed" } }
        for _ in 0..<20 {
            try cluster.reconcile()
            cluster.fleet.settle()
            cluster.now = cluster.now + .seconds(60)
        }
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
        #expect(try cluster.fleet.ownedPods.allSatisfy { $0.version == (try cluster.version.short) })
    }

    /// Serving pods that are down for a moment are no reason to take the rest down.
    @Test func aMomentOfTheOldIsNoReasonToPause() throws {
        var (cluster, old, _) = try rolledHalf(.blueGreen)
        for pod in cluster.fleet.ownedPods where pod.version == old { cluster.fleet.setReady(pod.name, false) }
        #expect(try !cluster.plan().pauses)
    }

    /// With a version before that fails as much, nothing is left to serve.
    @Test func nothingLeftPauses() throws {
        var (cluster, old, _) = try rolledHalf(.blueGreen)
        cluster.fail("demo-\(old)-0-0", times: 11)
        #expect(try cluster.plan().pauses)
    }

    /// What has left the Service is no fallback.
    @Test func theVersionThatServesPausesTheSet() throws {
        var cluster = try Cluster.running(replicas: 2) {
            $0.updateStrategy = UpdateStrategy { $0.type = .blueGreen }
            $0.standbyVersion = StandbyVersionSpec { $0.enabled = true }
        }
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let new = try cluster.version.short
        for _ in 0..<5 {
            try cluster.reconcile()
            cluster.fleet.settle()
        }
        #expect(cluster.fleet.ownedPods.count == 4)
        cluster.fail("demo-\(new)-0-0", times: 11)
        #expect(try cluster.plan().pauses)
    }

    /// The Service does not switch to a version that is being stopped, were its pods ready for a moment.
    @Test func noTrafficToTheStopped() throws {
        var (cluster, old, pod) = try rolledHalf(.blueGreen)
        for name in cluster.fleet.ownedPods.map(\.name) { cluster.fleet.setReady(name) }
        #expect(cluster.fleet.pod(pod)?.isReady == true)
        let plan = try cluster.reconcile()
        #expect(!plan.pauses)
        #expect(cluster.object(.services, "demo")?[path: "spec", "selector"]?["spice.ai/version"]?.stringValue == old)
    }

    @Test func stoppedThenPausedIsToldTwice() throws {
        var (cluster, old, _) = try rolledHalf(.blueGreen)
        try cluster.reconcile()
        cluster.fleet.settle()
        cluster.fail("demo-\(old)-0-0", times: 11)
        #expect(try cluster.reconcile().pauses)
        #expect(try cluster.reconcile().events.filter(\.isWarning).map(\.reason) == [.crashLooping])
    }
}
