import KubernetesModel
import SpiceTypes

/// SpicepodSet page, Network and DNS.
extension Rule {
    static let dnsConfig = Rule.error(
        "dns-config", isEssential: true, "dnsPolicy None has name servers, and name servers are IP addresses."
    ) { subject, report in
        guard let network = subject.spec.network else { return }
        let servers = network.dnsConfig?.nameservers ?? []
        let path = "spec.network.dnsConfig.nameservers"
        if network.dnsPolicy == DNSPolicy.none, servers.isEmpty {
            report.add(path, "is required when dnsPolicy is None; list name servers")
        }
        for (index, server) in servers.enumerated() where !IPAddress.isAddress(server) {
            report.add("\(path)[\(index)]", "\(Quoted.text(server)) is no IP address; write one such as 8.8.8.8")
        }
        if servers.count > 3 { report.add(path, "has \(servers.count) entries; Kubernetes takes three") }
    }

    static let networkRules = Rule.error(
        "network-rules", isEssential: true, "Rules of the NetworkPolicy are such as the API server takes."
    ) { subject, report in
        for (index, rule) in (subject.spec.network?.ingress ?? []).enumerated() {
            let path = "spec.network.ingress[\(index)]"
            check(rule.ports, at: path, &report)
            check(rule.from, at: "\(path).from", &report)
        }
        for (index, rule) in (subject.spec.network?.egress ?? []).enumerated() {
            let path = "spec.network.egress[\(index)]"
            check(rule.ports, at: path, &report)
            check(rule.to, at: "\(path).to", &report)
        }
    }

    private static func check(_ ports: [NetworkPolicyPort]?, at path: String, _ report: inout Report) {
        for (index, port) in (ports ?? []).enumerated() {
            let path = "\(path).ports[\(index)]"
            if let name = port.protocol, !["TCP", "UDP", "SCTP"].contains(name) {
                report.add("\(path).protocol", "\(Quoted.text(name, limit: 40)) is not one of TCP, UDP, SCTP")
            }
            if case .int(let number)? = port.port, !(1...65535).contains(number) {
                report.add("\(path).port", "\(number) is no port; use 1 to 65535")
            }
            guard let end = port.endPort else { continue }
            guard case .int(let start)? = port.port else {
                report.add("\(path).endPort", "needs a port number to begin at; give port as a number")
                continue
            }
            if end < start || end > 65535 {
                report.add("\(path).endPort", "\(end) ends no range from \(start); use \(start) to 65535")
            }
        }
    }

    private static func check(_ peers: [NetworkPolicyPeer]?, at path: String, _ report: inout Report) {
        for (index, peer) in (peers ?? []).enumerated() {
            let path = "\(path)[\(index)]"
            guard let block = peer.ipBlock else {
                if peer.podSelector == nil, peer.namespaceSelector == nil {
                    report.add(path, "is empty; give podSelector, namespaceSelector or ipBlock")
                }
                continue
            }
            if peer.podSelector != nil || peer.namespaceSelector != nil {
                report.add("\(path).ipBlock", "stands beside a selector; make two entries of it")
            }
            for (field, range) in [("cidr", block.cidr)] + (block.except ?? []).enumerated().map({ ("except[\($0)]", $1) })
            where !IPAddress.isRange(range) {
                report.add("\(path).ipBlock.\(field)", "\(Quoted.text(range)) is no range of addresses; write 10.0.0.0/8")
            }
        }
    }
}
