import SpiceTypes

extension Rule {
    static let ports = Rule.error(
        "ports", isEssential: true, "http.port, flight.port and metrics.port are three different ports."
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
    }
}
