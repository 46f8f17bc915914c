import SpiceTypes

extension Rule {
    static let ports = Rule.error(
        "ports", isEssential: true, "http.port, flight.port, metrics.port and a cluster node's own port are different ports."
    ) { subject, report in
        let ports = subject.spec.ports
        let all = [("http", ports.http), ("flight", ports.flight), ("metrics", ports.metrics)]
        for (index, (name, port)) in all.enumerated() {
            if !(1...65535).contains(port) {
                report.add("spec.\(name).port", "\(port) is no port; use 1 to 65535")
            } else if let other = all[..<index].first(where: { $0.1 == port }) {
                report.add("spec.\(name).port", "\(port) is the port of \(other.0) as well; use another one")
            }
        }
        // the rule `cluster-addresses` tells what is no port
        guard let port = subject.spec.cluster?.port, let other = all.first(where: { $0.1 == port }) else { return }
        let path = subject.spec.cluster?.bindAddress == nil ? "spec.\(other.0).port" : "spec.cluster.bindAddress"
        report.add(path, "\(port) is the port of \(other.0) and the one that nodes of the cluster talk on; use another one")
    }
}
