import KubernetesModel
import NIOSSL
public import PKI

/// What a webhook server proves itself with: a chain, the leaf first, and the leaf's key.
public struct ServingCertificate: Sendable {
    public let chain: [Certificate]
    let context: NIOSSLContext

    var leaf: Certificate? { chain.first }

    /// - Parameters: PEM, as in a Secret of the type `kubernetes.io/tls`.
    /// - Throws: `PKIError` that names the key of the Secret.
    public init(chain chainPEM: [UInt8], key keyPEM: [UInt8]) throws(PKIError) {
        chain = try Self.naming("tls.crt") { () throws(PKIError) in try Certificate.all(pem: chainPEM) }
        let key = try Self.naming("tls.key") { () throws(PKIError) in try PrivateKey(pem: keyPEM) }
        guard chain.first?.matches(key) == true else {
            throw PKIError(.mismatch, "tls.key: is not the key of the first certificate in tls.crt")
        }
        do {
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMBytes(chainPEM).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(bytes: keyPEM, format: .pem)))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            // Its errors may quote what they could not read.
            throw PKIError(.malformed, "tls.crt, tls.key: cannot be served, use RSA of 2048 bits or more, or ECDSA")
        }
    }

    private static func naming<Result>(_ member: String, _ body: () throws(PKIError) -> Result) throws(PKIError) -> Result {
        do {
            return try body()
        } catch {
            throw PKIError(error.code, "\(member): \(error.message)")
        }
    }
}
