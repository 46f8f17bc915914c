import COpenSSL
import NIOSSL

/// What a node makes of its three files, as the runtime does (`pki.rs`): the first certificate of `ca.crt` alone is trusted, and the
/// node's own has to be issued by it directly.
///
/// A judge of its own: nothing here is of the package that issues the certificates.
public struct NodeCredentials: Sendable {
    let server: NIOSSLContext
    let client: NIOSSLContext

    /// Why files are not taken. The node goes on with those it has.
    public enum Refusal: String, Error, Sendable {
        case noAuthority = "ca.crt holds no certificate"
        case noCertificate = "tls.crt holds no certificate"
        case noKey = "tls.key holds no key"
        case otherKey = "tls.key is not the key of tls.crt"
        case otherIssuer = "the issuer of tls.crt is not the subject of the first certificate in ca.crt"
        case badSignature = "tls.crt is not signed by the first certificate in ca.crt"
        case unusable = "TLS cannot be set up with these files"
    }

    public init(_ files: NodeFiles) throws(Refusal) {
        guard let authority = Parsed.certificate(files.authority) else { throw .noAuthority }
        guard let leaf = Parsed.certificate(files.certificate) else { throw .noCertificate }
        guard let key = Parsed.key(files.key) else { throw .noKey }
        guard X509_check_private_key(leaf.pointer, key.pointer) == 1 else { throw .otherKey }
        guard X509_NAME_cmp(X509_get_issuer_name(leaf.pointer), X509_get_subject_name(authority.pointer)) == 0 else {
            throw .otherIssuer
        }
        guard X509_verify(leaf.pointer, X509_get0_pubkey(authority.pointer)) == 1 else { throw .badSignature }
        do {
            let roots = NIOSSLTrustRoots.certificates(Array(try NIOSSLCertificate.fromPEMBytes(files.authority).prefix(1)))
            let chain = try NIOSSLCertificate.fromPEMBytes(files.certificate).map { NIOSSLCertificateSource.certificate($0) }
            let own = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(bytes: files.key, format: .pem))
            var serving = TLSConfiguration.makeServerConfigurationWithMTLS(
                certificateChain: chain, privateKey: own, trustRoots: roots)
            serving.minimumTLSVersion = .tlsv12
            serving.applicationProtocols = ["h2"]
            server = try NIOSSLContext(configuration: serving)
            var calling = TLSConfiguration.makeClientConfiguration()
            (calling.trustRoots, calling.certificateChain, calling.privateKey) = (roots, chain, own)
            calling.certificateVerification = .fullVerification
            calling.minimumTLSVersion = .tlsv12
            calling.applicationProtocols = ["h2"]
            client = try NIOSSLContext(configuration: calling)
        } catch {
            throw .unusable
        }
    }
}

/// An object of libcrypto, and how it is freed.
private final class Parsed {
    let pointer: OpaquePointer
    private let free: (OpaquePointer) -> Void

    private init?(_ pointer: OpaquePointer?, free: @escaping (OpaquePointer) -> Void) {
        guard let pointer else { return nil }
        self.pointer = pointer
        self.free = free
    }

    deinit { free(pointer) }

    /// The first of the PEM text.
    static func certificate(_ pem: [UInt8]) -> Parsed? {
        reading(pem) { Parsed(PEM_read_bio_X509($0, nil, nil, nil)) { X509_free($0) } }
    }

    static func key(_ pem: [UInt8]) -> Parsed? {
        // without the callback libcrypto asks the terminal for a password
        reading(pem) { Parsed(PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil)) { EVP_PKEY_free($0) } }
    }

    private static func reading(_ pem: [UInt8], _ body: (OpaquePointer) -> Parsed?) -> Parsed? {
        guard !pem.isEmpty, let stream = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(stream) }
        BIO_write(stream, pem, Int32(clamping: pem.count))
        return body(stream)
    }
}
