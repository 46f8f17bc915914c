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

    /// A rule for the nodes alone is of no use to them where it shuts their port.
    @Test(arguments: [
        ("[{protocol: TCP, port: 50051}]", false), ("[{protocol: UDP, port: 50052}]", false), ("[{port: http}]", false),
        ("[{port: 50000, endPort: 50051}]", false), ("[{port: 50052}]", true), ("[{protocol: TCP, port: cluster}]", true),
        ("[{port: 50000, endPort: 50100}]", true), ("[{protocol: TCP}]", true), ("[]", true),
        ("[{port: 50051}]}, {from: [\(peer)], ports: [{port: 50052}]", true),
        ("[{port: 50051}]}, {from: [{podSelector: {matchLabels: {spice.ai/cluster: d}}}]", false),
    ])
    func lettingThroughTheNodesPort(_ ports: String, _ isOpen: Bool) throws {
        let told = Self.told(
            try Sample.set(
                "{cluster: {name: c, role: scheduler}, network: {ingress: [{from: [\(Self.peer)], ports: \(ports)}]}}"))
        #expect(
            told
                == (isOpen
                    ? []
                    : [
                        #"cluster-peers: spec.network.ingress: lets pods of cluster "c" in, but not to TCP port 50052, on which nodes "#
                            + "talk to each other; add {protocol: TCP, port: 50052} to the ports of that rule, or leave its ports out"
                    ]))
    }

    @Test func theNodesPortIsWhatTheyBind() throws {
        let told = Self.told(
            try Sample.set(
                "{cluster: {name: c, role: scheduler, bindAddress: '[::]:6000'}, network: {egress: [{to: [\(Self.peer)], ports: [{port: 50052}]}]}}"
            ))
        #expect(
            told.count == 1 && told.first?.contains("lets traffic out") == true && told.first?.contains("TCP port 6000,") == true)
    }

    private static func told(_ set: SpicepodSet) -> [String] {
        Sample.told(set).filter { $0.hasPrefix("cluster-peers") }
    }

    @Test func ofNone() throws {
        #expect(try Sample.told("{network: {ingress: []}}") == [])
    }
}
