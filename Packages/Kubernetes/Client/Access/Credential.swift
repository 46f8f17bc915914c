/// What a client proves its identity with, and what it trusts.
public struct Credential: Sendable, Hashable {
    /// The value of the `Authorization` header: `Bearer …` or `Basic …`.
    public var authorization: String?
    public var identity: ClientIdentity?
    /// PEM certificates of the authorities that are trusted, when they come from a file that may change.
    public var authorities: [UInt8]?

    public init(authorization: String? = nil, identity: ClientIdentity? = nil, authorities: [UInt8]? = nil) {
        self.authorization = authorization
        self.identity = identity
        self.authorities = authorities
    }
}

extension Credential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Secrets are never printed.
    public var description: String { "Credential" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A client certificate with its key, both PEM.
public struct ClientIdentity: Sendable, Hashable, CustomReflectable {
    public var certificate: [UInt8]
    public var key: [UInt8]

    public init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }

    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where credentials come from; the transport asks before every request.
public protocol CredentialSource: Sendable {
    func credential() async throws -> Credential
    /// The server answered 401 to a request with this credential: do not give it again when another can be had.
    func reject(_ credential: Credential) async
}

/// A credential that never changes.
public struct FixedCredential: CredentialSource {
    private let value: Credential

    public init(_ value: Credential = Credential()) {
        self.value = value
    }

    public func credential() -> Credential { value }
    public func reject(_ credential: Credential) {}
}

/// Why no credential can be had. The message never holds a secret.
public struct CredentialError: Error, Sendable, Hashable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public var description: String { message }
}
