public import KubernetesModel

/// What a certificate to be issued says.
public struct CertificateProfile: Sendable, Hashable {
    public enum Purpose: Sendable, Hashable {
        /// Signs leaves, and no further authorities.
        case authority
        /// Proves who a server is.
        case server
        /// Proves who a client is.
        case client
        /// Both at once, as peers need that call each other.
        case peer
    }

    public var commonName: String
    public var purpose: Purpose
    public var names: [SubjectName]
    public var notBefore: Timestamp
    public var notAfter: Timestamp

    public init(
        commonName: String, purpose: Purpose, names: [SubjectName] = [], notBefore: Timestamp, notAfter: Timestamp
    ) {
        self.commonName = commonName
        self.purpose = purpose
        self.names = names
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
