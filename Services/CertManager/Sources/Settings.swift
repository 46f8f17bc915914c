/// What the operator's flags say about every certificate.
public struct Settings: Sendable, Hashable {
    /// The cluster's DNS domain.
    public var clusterDomain: String
    /// Where the keys of authorities and the serving certificates are.
    public var operatorNamespace: String
    /// Of root CAs, the clusters' and the webhooks' one.
    public var authorityTerms: CertificateTerms
    /// Of what they issue.
    public var leafTerms: CertificateTerms

    public init(
        clusterDomain: String = "cluster.local", operatorNamespace: String = "spiceai-operator-system",
        authorityTerms: CertificateTerms = .authority, leafTerms: CertificateTerms = .leaf
    ) {
        self.clusterDomain = clusterDomain
        self.operatorNamespace = operatorNamespace
        self.authorityTerms = authorityTerms
        self.leafTerms = leafTerms
    }
}
