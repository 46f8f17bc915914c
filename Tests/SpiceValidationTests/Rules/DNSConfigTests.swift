import Testing

/// Pods without the cluster's DNS have another.
@Suite struct DNSConfigTests {
    @Test(arguments: [
        Case(
            #"{network: {dnsPolicy: None}}"#,
            #"dns-config: spec.network.dnsConfig.nameservers: is required when dnsPolicy is None; list name servers"#),
        Case(
            #"{network: {dnsConfig: {nameservers: [dns.example.com]}}}"#,
            #"dns-config: spec.network.dnsConfig.nameservers[0]: "dns.example.com" is no IP address; write one such as 8.8.8.8"#),
        Case(
            #"{network: {dnsConfig: {nameservers: [1.1.1.1, 2.2.2.2, 3.3.3.3, "::1"]}}}"#,
            #"dns-config: spec.network.dnsConfig.nameservers: has 4 entries; Kubernetes takes three"#),
        Case(#"{network: {dnsPolicy: None, dnsConfig: {nameservers: [8.8.8.8], searches: [my-domain.local]}}}"#),
        Case(#"{network: {dnsPolicy: Default}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }
}
