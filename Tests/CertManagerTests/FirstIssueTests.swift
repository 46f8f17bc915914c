import JSON
import KubernetesModel
import PKI
import SpiceTypes
import Testing

@testable import CertManager

/// A cluster gets a root CA in the operator's namespace, and each of its nodes a certificate that every other node accepts.
@Suite struct FirstIssueTests {
    @Test func clusterAndNodes() async throws {
        let world = try await World()
        let uid = try await world.createCluster()
        try await world.createNode(.scheduler)
        try await world.createNode(.executor)
        try await world.settle()

        let authority = try #require(try await world.authority())
        let root = try #require(authority.pair?.certificate)
        #expect(root.isAuthority && root.commonName == "Spice cluster CA \(uid)")
        #expect(root.notAfter - world.now == .seconds(87600 * 3600))
        let (scheduler, executor) = (try await world.leaf(.scheduler), try await world.leaf(.executor))
        #expect(world.accepts(scheduler) && world.accepts(executor))
        #expect(scheduler?.authority == root && executor?.authority == root)
        #expect(scheduler?.certificate.map { $0.notAfter - world.now } == .seconds(2160 * 3600))

        let name = "demo-scheduler-0-0.demo-scheduler-headless"
        for host in [
            "\(name).default.svc.cluster.local", "\(name).default.svc", "\(name).default", name,
            "demo-discovery.default.svc.cluster.local", "demo-discovery.default.svc", "demo-discovery",
            "demo-scheduler.default.svc.cluster.local", "demo-scheduler.default",
        ] { #expect(world.trusts(executor, scheduler, host: host), "\(host)") }
        let other = "demo-executor-0-0.demo-executor-headless.default.svc.cluster.local"
        #expect(world.trusts(scheduler, executor, host: other))
        #expect(!world.trusts(scheduler, executor, host: "demo-discovery.default.svc"))

        let status = CertificateStatus(try #require(try await world.object(.spicepodClusters, "demo")?["status"]))
        #expect(status.isReady == true && status.secretName == "default.demo-ca" && status.expiresAt == root.notAfter.text)
        #expect(status.condition?.status == .true && status.condition?.reason == "Issued")
    }

    /// The key of the root CA is nowhere but in its Secret.
    @Test func theKeyStays() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.createNode(.scheduler)
        try await world.settle()
        let object = try #require(try await world.object(.secrets, "default.demo-ca", World.namespace))
        let key = try #require(object[path: "data", "tls.key"]?.stringValue)
        let leaf = try #require(try await world.object(.secrets, "demo-scheduler-0-mtls"))
        #expect(!leaf.text.contains(key))
        #expect(Set(leaf["data"]?.objectValue?.keys ?? [:].keys) == ["ca.crt", "tls.crt", "tls.key"])
        #expect(leaf["type"] == "kubernetes.io/tls")
        #expect(leaf[path: "metadata", "ownerReferences"]?[0]?["kind"] == "StatefulSet")
        #expect(try await world.events().allSatisfy { !$0.text.contains("PRIVATE") && !$0.text.contains(key) })
    }

    /// Once everything is there nothing is written, however often it is looked at, and by a new process neither.
    @Test func nothingIsWrittenTwice() async throws {
        let world = try await World()
        try await world.createCluster()
        for ordinal in 0..<3 { try await world.createNode(.executor, ordinal) }
        try await world.settle()
        let writes = world.recordWrites()
        try await world.run(.seconds(86400))
        world.restart()
        try await world.run(.seconds(86400))
        #expect(writes.all.isEmpty)
        try await world.createNode(.executor, 3)
        try await world.settle()
        #expect(writes.all == ["patch secrets demo-executor-3-mtls"])
    }

    @Test func insecureClustersNeedNone() async throws {
        let world = try await World()
        try await world.createCluster(spec: ["allowInsecureConnections": true])
        try await world.settle()
        #expect(try await world.authority() == nil)
        #expect(try await world.condition()?.reason == "NotRequired")
    }

    /// Executors may be told to find schedulers elsewhere: then that is a name of theirs.
    @Test(arguments: ["lb.example.com", "10.1.2.3"]) func ownSchedulerAddress(host: String) async throws {
        let world = try await World()
        try await world.createCluster(spec: ["executorSpec": ["cluster": ["schedulerAddress": .string("https://\(host):50052")]]])
        try await world.createNode(.scheduler)
        try await world.settle()
        let names = try #require(try await world.leaf(.scheduler)?.certificate?.names)
        #expect(names.contains(try #require(SubjectName(host: host))))
        try await world.patch(.spicepodClusters, "demo", ["spec": ["executorSpec": ["cluster": .null]]])
        try await world.settle()
        #expect(try await world.leaf(.scheduler)?.certificate?.names.count == names.count - 1)
    }
}
