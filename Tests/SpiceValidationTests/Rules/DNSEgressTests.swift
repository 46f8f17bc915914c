import Testing

/// Egress rules without DNS are told; a rule for all ports, or a range with 53, lets it out.
@Suite struct DNSEgressTests {
    @Test(arguments: [
        Case(
            #"{network: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{protocol: TCP, port: 443}]}]}}"#,
            #"dns-egress: spec.network.egress: has no rule for DNS (UDP and TCP 53), so names may not resolve; add one with ports 53 UDP and 53 TCP"#
        ),
        Case(
            #"{network: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{protocol: UDP, port: 53}]}]}}"#,
            #"dns-egress: spec.network.egress: has no rule for DNS (TCP 53), so names may not resolve; add one with ports 53 UDP and 53 TCP"#
        ),
        Case(
            #"{network: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 53}]}]}}"#,
            #"dns-egress: spec.network.egress: has no rule for DNS (UDP 53), so names may not resolve; add one with ports 53 UDP and 53 TCP"#
        ),
        Case(
            #"{network: {egress: []}}"#,
            #"dns-egress: spec.network.egress: has no rule for DNS (UDP and TCP 53), so names may not resolve; add one with ports 53 UDP and 53 TCP"#
        ),
        Case(
            #"{network: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]}]}}"#
        ),
        Case(
            #"{network: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{protocol: UDP}, {protocol: TCP, port: 1, endPort: 100}]}]}}"#
        ),
        Case(#"{network: {egress: [{}]}}"#),
        Case(#"{network: {ingress: []}}"#),
        Case(
            #"{network: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{protocol: UDP, port: 54, endPort: 100}, {port: 53}]}]}}"#,
            #"dns-egress: spec.network.egress: has no rule for DNS (UDP 53), so names may not resolve; add one with ports 53 UDP and 53 TCP"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
