/// What is wrong with a key, a certificate or a chain. Never holds key material.
public struct PKIError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// Not the PEM that was asked for.
        case malformed
        /// The key belongs to another certificate.
        case mismatch
        /// No chain to a trusted certificate, or one that is not valid for the purpose or at the time.
        case untrusted
        /// A name that no certificate can hold.
        case name
        /// The library failed, which memory alone explains.
        case library
    }

    public var code: Code
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
