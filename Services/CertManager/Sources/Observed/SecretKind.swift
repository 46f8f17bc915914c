import SpiceTypes

/// What a Secret of ours is for, by its labels. Names alone are not enough: those of serving certificates are the user's.
enum SecretKind: Sendable, Hashable {
    /// A cluster's root CA.
    case authority
    /// The root CA of serving certificates.
    case webhookAuthority
    case leaf
    case serving

    static let servingLabel = "spice.ai/serving-certificate"
    static let webhookAuthorityLabel = "spice.ai/serving-authority"

    init?(labels: [String: String]) {
        guard labels[LabelKey.component] == Component.certificate.rawValue else { return nil }
        if labels[Self.webhookAuthorityLabel] != nil {
            self = .webhookAuthority
        } else if labels[Self.servingLabel] != nil {
            self = .serving
        } else if labels[LabelKey.clusterRole] != nil {
            self = .leaf
        } else if labels[LabelKey.cluster] != nil {
            self = .authority
        } else {
            return nil
        }
    }

    /// What an informer of them asks for.
    var selector: String {
        let certificates = "\(LabelKey.component)=\(Component.certificate.rawValue)"
        return switch self {
        case .authority: "\(certificates),\(LabelKey.cluster),!\(LabelKey.clusterRole)"
        case .webhookAuthority: "\(certificates),\(Self.webhookAuthorityLabel)"
        case .leaf: "\(certificates),\(LabelKey.cluster),\(LabelKey.clusterRole)"
        case .serving: "\(certificates),\(Self.servingLabel)"
        }
    }
}
