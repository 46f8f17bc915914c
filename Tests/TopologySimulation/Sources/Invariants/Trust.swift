import JSON
import KubernetesModel
import PKI
import SpiceTypes

struct Trust: Invariant {
    let id = "trust"
    let sentence = "a node's certificate is valid, names the node, and is from a root CA of the cluster that peers trust"
    /// Identifiers of all root CAs that the cluster had.
    private var authorities: Set<String> = []

    mutating func check(_ moment: Moment) -> String? {
        guard case .secret(let key, let secret?) = moment.change, moment.actor == .certManager else { return nil }
        let credentials = Credentials(secret)
        if key == Picture.authority {
            if let authority = credentials.certificate { authorities.insert(authority.authorityIdentifier) }
            return nil
        }
        let suffix = NodeCertificate.secret(statefulSet: "")
        guard key.namespace == Picture.namespace, key.name.hasSuffix(suffix) else { return nil }
        if let fault = credentials.fault(at: moment.certificateTime) { return "what is in Secret \(key.name) \(fault)" }
        guard let certificate = credentials.certificate, let authority = credentials.authority else { return nil }
        guard authorities.contains(authority.authorityIdentifier) else { return "Secret \(key.name) trusts a stranger" }
        guard certificate.notAfter <= authority.notAfter else { return "what is in Secret \(key.name) outlives its root CA" }
        let workload = String(key.name.dropLast(suffix.count))
        guard let serviceName = moment.picture.workloads[workload]?.serviceName else { return nil }
        let host = "\(workload)-0.\(serviceName).\(Picture.namespace).svc.\(Picture.domain)"
        return certificate.names.contains(.dns(host)) ? nil : "what is in Secret \(key.name) does not name \(host)"
    }
}
