import JSON
import KubernetesModel
import PKI
import SpiceTypes

/// Whether the cluster is where its user wants it, or as near as its versions let it.
struct Arrival {
    let picture: Picture
    let user: User
    let now: Timestamp

    private enum Standing {
        case arrived
        /// Its pods cannot get ready; nothing more is to be expected.
        case stuck
        case missing(String)
    }

    var missing: String? {
        guard let cluster = picture.cluster, let wanted = cluster.cluster else { return "there is no cluster" }
        guard cluster.isJudged else { return "the status is not of this generation" }
        guard picture.services[Picture.names.discoveryService] != nil else { return "there is no discovery Service" }
        let schedulers = standing(.scheduler, wanted, mayWait: false)
        // without schedulers nobody can be joined
        let executors: Standing
        if case .stuck = schedulers {
            executors = .stuck
        } else {
            executors = standing(.executor, wanted, mayWait: wish(.scheduler) == 0)
        }
        var isStuck = false
        for standing in [schedulers, executors] {
            switch standing {
            case .arrived: break
            case .stuck: isStuck = true
            case .missing(let what): return what
            }
        }
        if !isStuck, ClusterRole.allCases.allSatisfy({ wish($0) > 0 }), cluster.condition("Ready")?["status"] != "True" {
            return "the cluster is not Ready: \(cluster.condition("Ready")?["message"]?.stringValue ?? "")"
        }
        return user.spec.isInsecure ? nil : certificates(cluster)
    }

    private func wish(_ role: ClusterRole) -> Int { user.spec.replicas[role] ?? 1 }

    // MARK: Nodes

    private func standing(_ role: ClusterRole, _ cluster: SpicepodCluster, mayWait: Bool) -> Standing {
        guard let set = picture.sets[role] else { return mayWait ? .arrived : .missing("there is no set of \(role.rawValue)s") }
        guard set.isJudged else { return .missing("the status of the \(role.rawValue)s is not of their generation") }
        if wish(role) == 0 || set.replicas == 0 {
            let left = picture.workloads(role).map(\.name) + picture.nodes(role).map(\.name)
            guard left.isEmpty else { return .missing("\(role.rawValue)s are paused, but \(left.joined(separator: ", ")) remain") }
            if wish(role) == 0 { return .arrived }
            return mayCrash(role) ? .stuck : .missing("the \(role.rawValue)s are stopped for no reason")
        }
        if user.spec.parts[role].trouble != nil, set.condition("Progressing")?["status"] == "False" { return .stuck }
        guard let version = cluster.version(role) else { return .missing("the version cannot be computed") }
        return nodes(role, version).map(Standing.missing) ?? .arrived
    }

    private func mayCrash(_ role: ClusterRole) -> Bool {
        user.hasCrashed || [.crashes, .noImage].contains(user.spec.parts[role].trouble)
    }

    private func nodes(_ role: ClusterRole, _ version: String) -> String? {
        for ordinal in 0..<wish(role) {
            let nodes = picture.nodes(role).filter { $0.ordinal == ordinal && $0.isAvailable && $0.version == version }
            if nodes.count != 1 { return "\(role.rawValue) \(ordinal) has \(nodes.count) ready pods of version \(version)" }
        }
        let extra = picture.workloads(role).filter { $0.ordinal >= wish(role) || $0.version != version }
        return extra.isEmpty ? nil : "\(extra.map(\.name).joined(separator: ", ")) remain"
    }

    // MARK: Certificates

    private func certificates(_ cluster: ResourceState) -> String? {
        guard cluster.condition("CertificatesReady")?["status"] == "True" else {
            return "certificates are not ready: \(cluster.condition("CertificatesReady")?["message"]?.stringValue ?? "")"
        }
        guard let secret = picture.secrets[Picture.authority] else { return "there is no root CA" }
        let request = cluster.annotation(AnnotationKey.rotateCA)
        if let request, secret[path: "metadata", "annotations"]?[AnnotationKey.rotateCA]?.stringValue != request {
            return "the root CA was not rotated"
        }
        let authority = Credentials(secret)
        if let fault = authority.fault(at: now) { return "the root CA \(fault)" }
        for workload in picture.workloads.values.sorted(by: { $0.name < $1.name }) where workload.usesCertificates {
            let name = NodeCertificate.secret(statefulSet: workload.name)
            guard let secret = picture.secrets[ObjectKey(namespace: Picture.namespace, name: name)] else {
                return "there is no Secret \(name)"
            }
            let leaf = Credentials(secret)
            if let fault = leaf.fault(at: now) { return "what is in Secret \(name) \(fault)" }
            guard leaf.authority?.authorityIdentifier == authority.certificate?.authorityIdentifier else {
                return "Secret \(name) trusts another root CA than the cluster's"
            }
        }
        return nil
    }
}
