import KubernetesModel
import SpiceTypes

extension Rule {
    /// The page: the operator adds no rule for DNS, and without one no name resolves in most clusters.
    static let dnsEgress = Rule.warning(
        "dns-egress", "Where network.egress is given, it lets DNS out: port 53, UDP and TCP."
    ) { subject, report in
        guard let egress = subject.spec.network?.egress else { return }
        let missing = ["UDP", "TCP"].filter { name in
            !egress.contains { $0.ports.open(53, name, named: ["dns", "dns-tcp", "domain"]) }
        }
        guard !missing.isEmpty else { return }
        report.add(
            "spec.network.egress",
            "has no rule for DNS (\(missing.joined(separator: " and ")) 53), so names may not resolve; "
                + "add one with ports 53 UDP and 53 TCP")
    }
}
