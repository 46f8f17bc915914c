import KubernetesModel
import SpiceTypes

extension Rule {
    static let clusterAddresses = Rule.error(
        "cluster-addresses", isEssential: true,
        "Nodes of a cluster listen at address:port, and executors find the schedulers at a URL whose scheme fits."
    ) { subject, report in
        guard let cluster = subject.spec.cluster else { return }
        if let address = cluster.bindAddress, let problem = problem(binding: address) {
            report.add("spec.cluster.bindAddress", "\(Quoted.text(address)) \(problem), such as 0.0.0.0:50052")
        }
        guard let address = cluster.schedulerAddress else { return }
        let path = "spec.cluster.schedulerAddress"
        if cluster.role == .scheduler {
            report.add(path, "is for executors, which find the schedulers by it; remove it here")
        } else if address.contains("@") {
            // what stands before it may be a password, and findings become conditions and events
            report.add(path, "holds a user or a password; write a host and a port alone")
        } else if let problem = problem(reaching: address, scheme: cluster.usesMutualTLS ? "https" : "http") {
            report.add(path, "\(Quoted.text(address)) \(problem)")
        }
    }

    static let loopbackAddress = Rule.warning(
        "loopback-address", "Nodes of a cluster listen where other nodes reach them."
    ) { subject, report in
        guard let address = subject.spec.cluster?.bindAddress, problem(binding: address) == nil, let (host, port) = split(address),
            let port, IPAddress.isLoopback(host)
        else { return }
        let any = host.contains(":") ? "[::]" : "0.0.0.0"
        report.add(
            "spec.cluster.bindAddress",
            "\(Quoted.text(address)) is a loopback address, so no other node reaches it; write \(any):\(port)")
    }

    /// The runtime binds an address, not a name.
    private static func problem(binding address: String) -> String? {
        guard let (host, port) = split(address), let port else { return "has no port; write an IP address and a port" }
        guard IPAddress.isAddress(host) else { return "names no IP address; write one and a port" }
        return (1...65535).contains(port) ? nil : "has no port from 1 to 65535; write an IP address and a port"
    }

    private static func problem(reaching url: String, scheme: String) -> String? {
        let example = "write \(scheme)://host:\(ClusterMembership.defaultPort)"
        let prefix = "\(scheme)://"
        guard url.hasPrefix(prefix) else {
            let other = scheme == "https" ? "http://" : "https://"
            guard url.hasPrefix(other) else { return "is no URL; \(example)" }
            return "does not fit nodes that talk \(scheme == "https" ? "with" : "without") mutual TLS; \(example)"
        }
        guard let (host, port) = split(String(url.dropFirst(prefix.count))),
            NameSyntax.isSubdomain(host.lowercased()) || IPAddress.isAddress(host)
        else { return "has something else than a host and a port; \(example)" }
        if let port, !(1...65535).contains(port) { return "has no port from 1 to 65535; \(example)" }
        return nil
    }

    /// Host and port, IPv6 in brackets; nil where it is something else.
    private static func split(_ text: String) -> (host: String, port: Int?)? {
        var host = text[...]
        var port: Int?
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            let digits = text[text.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            (host, port) = (text[..<colon], Int(digits))
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard !host.isEmpty, isBracketed == host.contains(":") else { return nil }
        return (String(isBracketed ? host.dropFirst().dropLast() : host), port)
    }
}
