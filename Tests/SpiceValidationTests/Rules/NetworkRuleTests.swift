import Testing

/// Rules that the API server would refuse are told with their place.
@Suite struct NetworkRuleTests {
    @Test(arguments: [
        Case(
            #"{network: {ingress: [{ports: [{protocol: tcp, port: 0}]}]}}"#,
            #"network-rules: spec.network.ingress[0].ports[0].protocol: "tcp" is not one of TCP, UDP, SCTP"#,
            #"network-rules: spec.network.ingress[0].ports[0].port: 0 is no port; use 1 to 65535"#),
        Case(
            #"{network: {ingress: [{ports: [{port: 10, endPort: 9}, {port: http, endPort: 9}]}]}}"#,
            #"network-rules: spec.network.ingress[0].ports[0].endPort: 9 ends no range from 10; use 10 to 65535"#,
            #"network-rules: spec.network.ingress[0].ports[1].endPort: needs a port number to begin at; give port as a number"#),
        Case(
            #"{network: {egress: [{}, {to: [{ipBlock: {cidr: 10.0.0.0, except: [x]}}, {}, {ipBlock: {cidr: "fd00::/8"}, podSelector: {}}]}]}}"#,
            #"network-rules: spec.network.egress[1].to[0].ipBlock.cidr: "10.0.0.0" is no range of addresses; write 10.0.0.0/8"#,
            #"network-rules: spec.network.egress[1].to[0].ipBlock.except[0]: "x" is no range of addresses; write 10.0.0.0/8"#,
            #"network-rules: spec.network.egress[1].to[1]: is empty; give podSelector, namespaceSelector or ipBlock"#,
            #"network-rules: spec.network.egress[1].to[2].ipBlock: stands beside a selector; make two entries of it"#),
        Case(
            #"{network: {ingress: [{from: [{namespaceSelector: {matchLabels: {name: my-namespace}}}], ports: [{protocol: TCP, port: 8080}]}]}}"#
        ),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
