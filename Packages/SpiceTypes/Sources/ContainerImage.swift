public import KubernetesModel

/// A container image.
public struct ContainerImage: Codable, Sendable, Hashable, Configurable {
    /// Registry and name, such as ghcr.io/spiceai/spiceai. The Spice.ai Enterprise image by default.
    public var repository: String?
    /// The tag, with a digest if you like: 2.0.0-enterprise-models@sha256:….
    public var tag: String?
    /// When the image is pulled. Always for the tag `latest`, else IfNotPresent.
    public var pullPolicy: ImagePullPolicy?
    /// A Secret with credentials for a private registry.
    public var pullSecret: String?

    public init() {}

    public static let defaultRepository = "709825985650.dkr.ecr.us-east-1.amazonaws.com/spice-ai/spiceai-enterprise-plan"
    public static let defaultTag = "2.0.0-enterprise-models"

    /// `repository:tag`, joined verbatim.
    public var reference: String {
        "\(repository ?? Self.defaultRepository):\(tag ?? Self.defaultTag)"
    }

    /// Upstream's rule for an absent policy.
    public var effectivePullPolicy: ImagePullPolicy {
        pullPolicy ?? ((tag ?? Self.defaultTag) == "latest" ? .always : .ifNotPresent)
    }
}

public enum ImagePullPolicy: String, Codable, Sendable, CaseIterable {
    case always = "Always"
    case never = "Never"
    case ifNotPresent = "IfNotPresent"
}
