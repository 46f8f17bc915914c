import COpenSSL
public import KubernetesModel

extension Certificate {
    /// Whether a TLS client that trusts these roots would take this chain from a server at that time.
    ///
    /// As Go's crypto/x509 does it, which the API server calls webhooks with: any certificate of the bundle is an anchor, an
    /// intermediate one or the leaf itself as well as a root.
    /// - Parameter chain: the leaf first.
    /// - Throws: `untrusted` with the reason.
    public static func verifyServer(_ chain: [Certificate], roots: [Certificate], at time: Timestamp) throws(PKIError) {
        guard let leaf = chain.first else { throw PKIError(.malformed, "the chain is empty") }
        guard let store = X509_STORE_new(), let context = X509_STORE_CTX_new(), let untrusted = OPENSSL_sk_new_null() else {
            throw PKIError(.library, "libcrypto has no memory")
        }
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
            OPENSSL_sk_free(untrusted)
        }
        for root in roots { X509_STORE_add_cert(store, root.handle.pointer) }
        for certificate in chain.dropFirst() { OPENSSL_sk_push(untrusted, UnsafeRawPointer(certificate.handle.pointer)) }
        guard X509_STORE_CTX_init(context, store, leaf.handle.pointer, untrusted) == 1,
            X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER) == 1
        else { throw PKIError(.library, "libcrypto cannot verify") }
        X509_STORE_CTX_set_flags(context, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        X509_STORE_CTX_set_time(context, 0, time_t(time.unixSeconds))
        let isTrusted = withExtendedLifetime((chain, roots)) { X509_verify_cert(context) == 1 }
        guard !isTrusted else { return }
        let code = X509_STORE_CTX_get_error(context)
        throw PKIError(.untrusted, String(cString: X509_verify_cert_error_string(Int(code))))
    }
}
