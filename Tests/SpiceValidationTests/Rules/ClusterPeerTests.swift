import SpiceTypes
import Testing

/// Pods of a cluster reach each other, whatever else their policy keeps out.
@Suite struct ClusterPeerTests {
    static let ingress =
        #"cluster-peers: spec.network.ingress: lets no pods of cluster "c" in; "#
        + "add a peer with podSelector.matchLabels spice.ai/cluster: c"
    static let egress =
        #"cluster-peers: spec.network.egress: lets no traffic out to pods of cluster "c"; "#
        + "add a peer with podSelector.matchLabels spice.ai/cluster: c"
    static let peer = "{podSelector: {matchLabels: {spice.ai/cluster: c}}}"

    @Test(arguments: [
        Case("{network: {ingress: []}}", ingress),
        Case("{network: {ingress: [{from: [{podSelector: {matchLabels: {spice.ai/cluster: d}}}]}]}}", ingress),
        Case("{network: {ingress: [{from: [{namespaceSelector: {}}]}]}}", ingress),
        Case("{network: {ingress: [{from: [\(peer)]}], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}}", egress),
        Case("{network: {ingress: [{from: [\(peer)]}], egress: [{to: [{podSelector: {matchLabels: {app: x}}}]}]}}", egress),
        Case("{network: {ingress: [{from: [\(peer)]}], egress: [{to: [\(peer)]}]}}"),
        Case("{network: {ingress: [{}], egress: [{to: [{podSelector: {}}]}]}}"),
        Case(
            "{network: {ingress: [{from: [{podSelector: {matchExpressions: [{key: spice.ai/cluster, operator: In, values: [c]}]}}]}]}}"
        ),
        Case("{network: {dnsPolicy: Default}}"), Case("{}"),
    ])
    func ofACluster(_ example: Case) throws {
        #expect(Sample.told(try Sample.set(example.spec, labels: [LabelKey.cluster: "c"])) == example.told)
    }

    @Test func ofNone() throws {
        #expect(try Sample.told("{network: {ingress: []}}") == [])
    }
}
