import COpenSSL

/// A private key. Shows nothing of itself in logs.
public struct PrivateKey: Sendable, CustomStringConvertible {
    let handle: Handle

    /// ECDSA P-256: what every TLS stack and every managed API server accepts, unlike Ed25519.
    public static func generate() throws(PKIError) -> PrivateKey {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { throw PKIError(.library, "libcrypto has no memory") }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { throw PKIError(.library, "libcrypto cannot make a key") }
        return PrivateKey(handle: Handle(key))
    }

    /// PKCS#8, PKCS#1 or SEC 1, unencrypted.
    public init(pem: [UInt8]) throws(PKIError) {
        let key = try Memory.reading(pem) { (stream) throws(PKIError) -> OpaquePointer? in
            // Without a callback of ours an encrypted key would ask for its password on the terminal.
            PEM_read_bio_PrivateKey(stream, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let key else { throw PKIError(.malformed, "holds no unencrypted private key in PEM") }
        handle = Handle(key)
    }

    private init(handle: Handle) {
        self.handle = handle
    }

    /// PKCS#8, unencrypted.
    public func pem() throws(PKIError) -> String {
        try Memory.text { PEM_write_bio_PrivateKey($0, handle.pointer, nil, nil, 0, nil, nil) }
    }

    public var description: String { "private key" }

    /// Keys are not changed once they are made, and libcrypto counts their references atomically.
    final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit { EVP_PKEY_free(pointer) }
    }
}
