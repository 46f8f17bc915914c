import SpiceTypes
import SpiceValidation
import Testing

/// Executors have neither a Spicepod nor probes, and who writes one is told why.
@Suite struct ExecutorTests {
    @Test func noSpicepod() throws {
        #expect(
            try ClusterSample.told(executor: "{spicepod: {name: x, version: v9}}") == [
                "spicepod-object: spec.executorSpec.spicepod: is not for executors, which fetch the Spicepod from the schedulers when "
                    + "they start; remove it, and write it for the schedulers"
            ])
    }

    @Test func noProbes() throws {
        #expect(
            try ClusterSample.told(executor: "{probes: {liveness: {periodSeconds: 5}}}") == [
                "executor-probes: spec.executorSpec.probes: are not for executors, which serve nothing that could be probed; remove "
                    + "them, or write them for the schedulers"
            ])
        #expect(try ClusterSample.told(scheduler: "{probes: {liveness: {periodSeconds: 5}}}") == [])
    }

    @Test func schedulersNeedASpicepod() throws {
        var cluster = try ClusterSample.cluster()
        cluster.spec.schedulerSpec.spicepod = nil
        #expect(
            ClusterSample.told(cluster) == [
                "spicepod-object: spec.schedulerSpec.spicepod: is missing; give the Spicepod as an object"
            ])
    }

    /// Also with validation off: there is nothing that could run.
    @Test func bothHoldTheReconcilerUp() throws {
        var cluster = try ClusterSample.cluster(executor: "{spicepod: {name: x}}")
        cluster.spec.schedulerSpec.spicepod = nil
        let blocking = SpicepodClusterValidator.blocking(SpicepodClusterValidator.findings(cluster), at: .off)
        #expect(blocking.map(\.path) == ["spec.schedulerSpec.spicepod", "spec.executorSpec.spicepod"])
    }
}
