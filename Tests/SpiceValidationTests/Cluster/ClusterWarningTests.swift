import SpiceTypes
import SpiceValidation
import Testing

/// What works but perhaps not as it was meant is a warning: it never keeps a cluster from being made.
@Suite struct ClusterWarningTests {
    @Test(arguments: [
        "{}", "{scheduler: {}}", "{scheduler: {state_location: ''}}", "{scheduler: {state_location: null}}",
    ])
    func missingStateLocation(_ runtime: String) throws {
        let spicepod = "{spicepod: {name: a, kind: Spicepod, version: v2, runtime: \(runtime)}}"
        #expect(
            try ClusterSample.told(scheduler: spicepod) == [
                "state-location: spec.schedulerSpec.spicepod.runtime.scheduler.state_location: is missing, and schedulers of current "
                    + "runtimes do not start without it; name an object store such as s3://bucket/path"
            ])
    }

    @Test func insecureConnections() throws {
        #expect(
            try ClusterSample.told(insecure: true) == [
                "insecure-connections: spec.allowInsecureConnections: leaves everything between the nodes unencrypted, and lets "
                    + "anybody join; remove it outside of development"
            ])
    }

    @Test(arguments: ["RollingParallel", "BlueGreen"]) func schedulersAllAtOnce(_ type: String) throws {
        let strategy = "updateStrategy: {type: \(type)}"
        #expect(
            try ClusterSample.told(scheduler: "{replicas: 2, \(strategy)}", executor: "{replicas: 3, \(strategy)}") == [
                "scheduler-strategy: spec.schedulerSpec.updateStrategy.type: \(type) does not upgrade schedulers one at a time, so "
                    + "queries may fail meanwhile; use RollingOrdered"
            ])
        #expect(try ClusterSample.told(scheduler: "{replicas: 1, \(strategy)}") == [])
    }

    @Test(arguments: [
        ("127.0.0.1:50052", "0.0.0.0:50052"), ("127.9.9.9:6000", "0.0.0.0:6000"), ("[::1]:50052", "[::]:50052"),
        ("[::ffff:127.0.0.1]:50052", "[::]:50052"), ("0.0.0.0:50052", nil), ("[::]:50052", nil), ("[fd00::1]:50052", nil),
        ("128.0.0.1:50052", nil), ("[7f00::1]:50052", nil),
    ])
    func loopback(_ address: String, _ remedy: String?) throws {
        #expect(
            try ClusterSample.told(executor: "{cluster: {bindAddress: '\(address)'}}")
                == (remedy.map {
                    [
                        "loopback-address: spec.executorSpec.cluster.bindAddress: \"\(address)\" is a loopback address, so no other "
                            + "node reaches it; write \($0)"
                    ]
                } ?? []))
    }

    @Test func areNoErrors() throws {
        let cluster = try ClusterSample.cluster(
            scheduler: "{replicas: 2, updateStrategy: {type: BlueGreen}, spicepod: {name: a, kind: Spicepod, version: v2}}",
            insecure: true)
        let findings = SpicepodClusterValidator.findings(cluster)
        #expect(findings.count == 3)
        #expect(findings.allSatisfy { $0.severity == .warning })
    }
}
