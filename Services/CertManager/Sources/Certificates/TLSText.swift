package import JSON
package import PKI
import SpiceTypes

/// The members of a Secret of the type `kubernetes.io/tls` as they are written there, in base64.
package struct TLSText: Sendable, CustomStringConvertible {
    package var certificate = ""
    package var key = ""
    package var authority = ""

    package init() {}

    /// Reads `data`.
    package init(scanning scanner: inout JSONScanner) throws {
        if try scanner.null() { return }
        try scanner.forEachKey { key, scanner in
            switch key.string {
            case NodeCertificate.certificate: certificate = try scanner.optionalString()
            case NodeCertificate.key: self.key = try scanner.optionalString()
            case NodeCertificate.authority: authority = try scanner.optionalString()
            default: try scanner.skip()
            }
        }
    }

    /// The `data` of the Secret.
    package var tree: JSONValue {
        .object([
            NodeCertificate.certificate: .string(certificate), NodeCertificate.key: .string(key),
            NodeCertificate.authority: .string(authority),
        ])
    }

    /// Base64 has no line feed: nothing can be taken for something else.
    package var digest: Digest { Digest(of: Array("\(certificate)\n\(key)\n\(authority)".utf8)) }

    package var description: String { "files of a certificate" }
}
