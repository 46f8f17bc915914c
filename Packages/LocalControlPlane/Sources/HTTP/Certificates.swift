import COpenSSL

/// The certificates of a local API server: a CA of its own and one serving certificate, ECDSA P-256.
package struct Certificates: Sendable {
    package var authority: String
    package var certificate: String
    package var key: String

    struct Failure: Error, CustomStringConvertible {
        var step: String
        var description: String { "libcrypto: \(step) failed" }
    }

    /// - Parameter addresses: IPv4 addresses the serving certificate is valid for, besides its names.
    package static func make(addresses: [[UInt8]]) throws -> Certificates {
        let authorityKey = try Key()
        let authority = try Certificate(subject: "local-control-plane-ca", issuer: nil, key: authorityKey, signer: authorityKey)
        let key = try Key()
        let leaf = try Certificate(
            subject: "kube-apiserver", issuer: authority, key: key, signer: authorityKey,
            names: [
                "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
            ],
            addresses: [[127, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]] + addresses)
        return Certificates(authority: try authority.pem(), certificate: try leaf.pem(), key: try key.pem())
    }
}

private final class Key {
    let pointer: OpaquePointer

    init() throws {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { throw Certificates.Failure(step: "a key context") }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { throw Certificates.Failure(step: "generating a key") }
        pointer = key
    }

    deinit { EVP_PKEY_free(pointer) }

    func pem() throws -> String {
        try text { PEM_write_bio_PrivateKey($0, pointer, nil, nil, 0, nil, nil) }
    }
}

private final class Certificate {
    let pointer: OpaquePointer

    init(
        subject: String, issuer: Certificate?, key: Key, signer: Key, names: [String] = [], addresses: [[UInt8]] = []
    ) throws {
        guard let certificate = X509_new() else { throw Certificates.Failure(step: "a certificate") }
        pointer = certificate
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), UInt64.random(in: 1...(1 << 62)))
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600)
        X509_gmtime_adj(X509_getm_notAfter(certificate), 10 * 365 * 86400)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, subject, -1, -1, 0)
        X509_set_issuer_name(certificate, issuer.map { X509_get_subject_name($0.pointer) } ?? name)
        X509_set_pubkey(certificate, key.pointer)
        if issuer == nil { try addAuthority() } else { try addNames(names, addresses) }
        guard X509_sign(certificate, signer.pointer, EVP_sha256()) > 0 else { throw Certificates.Failure(step: "signing") }
    }

    deinit { X509_free(pointer) }

    func pem() throws -> String {
        try text { PEM_write_bio_X509($0, pointer) }
    }

    private func addAuthority() throws {
        guard let constraints = BASIC_CONSTRAINTS_new() else { throw Certificates.Failure(step: "basic constraints") }
        defer { BASIC_CONSTRAINTS_free(constraints) }
        constraints.pointee.ca = 0xFF
        guard X509_add1_ext_i2d(pointer, NID_basic_constraints, constraints, 1, 0) == 1 else {
            throw Certificates.Failure(step: "basic constraints")
        }
    }

    /// Through GENERAL_NAME, never through OpenSSL's configuration strings, which a name could break out of.
    private func addNames(_ names: [String], _ addresses: [[UInt8]]) throws {
        guard let list = OPENSSL_sk_new_null() else { throw Certificates.Failure(step: "a name list") }
        defer {
            while let name = OPENSSL_sk_pop(list) { GENERAL_NAME_free(name.assumingMemoryBound(to: GENERAL_NAME.self)) }
            OPENSSL_sk_free(list)
        }
        for (type, bytes) in names.map({ (GEN_DNS, Array($0.utf8)) }) + addresses.map({ (GEN_IPADD, $0) }) {
            guard let name = GENERAL_NAME_new(),
                let value = ASN1_STRING_type_new(type == GEN_DNS ? V_ASN1_IA5STRING : V_ASN1_OCTET_STRING)
            else { throw Certificates.Failure(step: "a name") }
            ASN1_STRING_set(value, bytes, Int32(bytes.count))
            GENERAL_NAME_set0_value(name, type, value)
            OPENSSL_sk_push(list, name)
        }
        guard X509_add1_ext_i2d(pointer, NID_subject_alt_name, UnsafeMutableRawPointer(list), 0, 0) == 1 else {
            throw Certificates.Failure(step: "subject alternative names")
        }
    }
}

private func text(_ write: (OpaquePointer) -> Int32) throws -> String {
    guard let memory = BIO_new(BIO_s_mem()) else { throw Certificates.Failure(step: "memory") }
    defer { BIO_free(memory) }
    guard write(memory) == 1 else { throw Certificates.Failure(step: "writing PEM") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = BIO_read(memory, &buffer, Int32(buffer.count)), count > 0 { bytes += buffer[..<Int(count)] }
    return String(decoding: bytes, as: UTF8.self)
}
