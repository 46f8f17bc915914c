import SpiceTypes
import SpiceValidation
import Testing

/// A policy of either role that keeps the cluster's pods out is refused: nodes talk to each other both ways.
@Suite struct ClusterNetworkTests {
    private static let closed = "{network: {ingress: [], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}}"

    private func rules(scheduler: String = "{}", executor: String = "{}") throws -> [String] {
        SpicepodClusterValidator.findings(try ClusterSample.cluster(scheduler: scheduler, executor: executor))
            .filter { $0.rule == "cluster-peers" }.map { "\($0.path) \($0.severity.rawValue)" }
    }

    @Test func bothRolesAndBothWays() throws {
        #expect(
            try rules(scheduler: Self.closed, executor: Self.closed) == [
                "spec.schedulerSpec.network.ingress error", "spec.schedulerSpec.network.egress error",
                "spec.executorSpec.network.ingress error", "spec.executorSpec.network.egress error",
            ])
    }

    @Test func aPeerRuleIsEnough() throws {
        let peer = "{podSelector: {matchLabels: {spice.ai/cluster: c}}}"
        let network = "{network: {ingress: [{from: [\(peer)]}], egress: [{to: [\(peer)]}]}}"
        #expect(try rules(scheduler: network, executor: network) == [])
    }

    /// The port is the one of the pods that traffic goes to: a role's own one of what comes in, that of either role of what goes out.
    @Test(arguments: [
        ("[{port: 50051}]", ["ingress 50052", "egress 50052", "egress 50060"]),
        ("[{port: 50052}]", ["egress 50060"]),
        ("[{port: 50060}]", ["ingress 50052", "egress 50052"]),
        ("[{port: 50052}, {port: 50060}]", []), ("[{port: 50052, endPort: 50060}]", []), ("[{port: cluster}]", []), ("[]", []),
    ])
    func portsOfBothRoles(_ ports: String, _ missing: [String]) throws {
        let peer = "{podSelector: {matchLabels: {spice.ai/cluster: c}}}"
        let network =
            "{network: {ingress: [{from: [\(peer)], ports: \(ports)}], egress: [{to: [\(peer)], ports: \(ports)}, {ports: [{port: 53}, {port: 53, protocol: UDP}]}]}}"
        let cluster = try ClusterSample.cluster(scheduler: "{cluster: {bindAddress: '0.0.0.0:50060'}}", executor: network)
        let told = SpicepodClusterValidator.findings(cluster).filter { $0.severity == .error }
        #expect(told.map(\.path) == missing.map { "spec.executorSpec.network.\($0.prefix { $0 != " " })" })
        for (finding, port) in zip(told, missing) {
            #expect(finding.message.contains(" TCP port \(port.suffix(5)), "), "\(finding)")
        }
    }

    /// The executors' rules stay as they are, and are made wrong by what the schedulers change to.
    @Test func anUpdateOfTheOtherRole() throws {
        let peer = "{podSelector: {matchLabels: {spice.ai/cluster: c}}}"
        let network = "{network: {egress: [{to: [\(peer)], ports: [{port: 50052}]}]}}"
        let old = try ClusterSample.cluster(executor: network)
        let new = try ClusterSample.cluster(scheduler: "{cluster: {bindAddress: '0.0.0.0:50060'}}", executor: network)
        func peers(_ new: SpicepodCluster, after old: SpicepodCluster) -> [Finding.Severity] {
            SpicepodClusterValidator.findings(new, ClusterValidationContext(old: old))
                .filter { $0.rule == "cluster-peers" }.map(\.severity)
        }
        #expect(peers(new, after: old) == [.error])
        var paused = new
        paused.spec.executorSpec.replicas = 0
        #expect(peers(paused, after: new) == [.warning])
    }

    @Test func anotherClustersPeerIsNot() throws {
        let peer = "{podSelector: {matchLabels: {spice.ai/cluster: d}}}"
        #expect(try rules(executor: "{network: {ingress: [{from: [\(peer)]}]}}") == ["spec.executorSpec.network.ingress error"])
    }
}
