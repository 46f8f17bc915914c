import ControllerRuntime
import KubernetesModel
import PKI
import SpiceTypes

/// Carries out what the plan says of a root CA's Secret: makes keys and certificates, and the object.
struct AuthoritySecret {
    let settings: Settings
    let cluster: CachedCluster
    /// As it was judged; nil where there is none.
    let current: CachedAuthority?

    func desired(_ write: AuthorityWrite, now: Timestamp) throws -> (object: DesiredObject, pair: KeyPair)? {
        guard let pair = try pair(write, now) else { return nil }
        let secret = CertificateSecret(
            key: AuthorityName.secret(of: cluster.identity.key, settings),
            labels: [LabelKey.cluster: cluster.names.labelValue, LabelKey.app: cluster.names.labelValue],
            annotations: annotations(write), instance: cluster.names.labelValue, resourceVersion: current?.identity.resourceVersion,
            data: try pair.files(authority: pair.certificate).tree)
        return (try secret.desired(), pair)
    }

    private func pair(_ write: AuthorityWrite, _ now: Timestamp) throws -> KeyPair? {
        switch write {
        case .restate, .settle: current?.data.pair
        case .issue(_, let keepsKey):
            try KeyPair.root(
                name: AuthorityName.commonName(of: cluster.identity.uid), key: keepsKey ? current?.data.key : nil,
                settings.authorityTerms, now: now)
        }
    }

    private func annotations(_ write: AuthorityWrite) -> [String: String] {
        let before = current?.annotations ?? [:]
        var annotations = [AuthorityAnnotation.cluster: "\(cluster.identity.key)"]
        annotations[AuthorityAnnotation.rotatedFor] = before[AuthorityAnnotation.rotatedFor]
        annotations[AuthorityAnnotation.rotation] = before[AuthorityAnnotation.rotation]
        switch write {
        case .issue(.rotation, _):
            annotations[AuthorityAnnotation.rotatedFor] = cluster.rotationRequest
            annotations[AuthorityAnnotation.rotation] = AuthorityAnnotation.switching
        case .issue(_, keepsKey: false):
            // A new key is what was asked for, whatever it was made for.
            annotations[AuthorityAnnotation.rotatedFor] = cluster.rotationRequest
            annotations[AuthorityAnnotation.rotation] = nil
        case .settle: annotations[AuthorityAnnotation.rotation] = nil
        case .issue, .restate: break
        }
        return annotations
    }
}
