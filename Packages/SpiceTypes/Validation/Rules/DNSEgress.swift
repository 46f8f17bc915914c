import KubernetesModel
import SpiceTypes

extension Rule {
    /// The page: the operator adds no rule for DNS, and without one no name resolves in most clusters.
    static let dnsEgress = Rule.warning(
        "dns-egress", "Where network.egress is given, it lets DNS out: port 53, UDP and TCP."
    ) { subject, report in
        guard let egress = subject.spec.network?.egress else { return }
        let missing = ["UDP", "TCP"].filter { name in !egress.contains { $0.lets(name, 53) } }
        guard !missing.isEmpty else { return }
        report.add(
            "spec.network.egress",
            "has no rule for DNS (\(missing.joined(separator: " and ")) 53), so names may not resolve; "
                + "add one with ports 53 UDP and 53 TCP")
    }
}

extension NetworkPolicyEgressRule {
    /// No ports are all ports; ports by name are not told apart here.
    fileprivate func lets(_ name: String, _ number: Int32) -> Bool {
        guard let ports, !ports.isEmpty else { return true }
        return ports.contains { port in
            guard (port.protocol ?? "TCP") == name else { return false }
            switch port.port {
            case nil: return true
            case .int(let start)?: return (start...max(start, port.endPort ?? start)).contains(number)
            case .string(let text)?: return text == "dns" || text == "dns-tcp" || text == "domain"
            }
        }
    }
}
