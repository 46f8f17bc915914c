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

    @Test func anotherClustersPeerIsNot() throws {
        let peer = "{podSelector: {matchLabels: {spice.ai/cluster: d}}}"
        #expect(try rules(executor: "{network: {ingress: [{from: [\(peer)]}]}}") == ["spec.executorSpec.network.ingress error"])
    }
}
