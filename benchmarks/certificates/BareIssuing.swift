import COpenSSL
import Glibc
import KubernetesModel

/// What a program in C would do: libcrypto's calls in a row, what is the same for all leaves made once, text into one buffer.
final class BareIssuing {
    private let authority: OpaquePointer
    private let key: OpaquePointer
    private let authorityBase64: [UInt8]
    private let constant: [OpaquePointer]
    private let authorityIdentifier: OpaquePointer
    private let now: Timestamp
    private var text: [UInt8] = []

    init(authority: String, key: String, now: Timestamp) throws {
        let (certificate, privateKey) = (Self.stream(authority), Self.stream(key))
        defer {
            BIO_free(certificate)
            BIO_free(privateKey)
        }
        guard let certificate = PEM_read_bio_X509(certificate, nil, nil, nil),
            let privateKey = PEM_read_bio_PrivateKey(privateKey, nil, nil, nil),
            let identifier = X509_get0_subject_key_id(certificate)
        else { throw Failure() }
        (self.authority, self.key, self.now) = (certificate, privateKey, now)
        var encoded: [UInt8] = []
        Self.encode(Array(authority.utf8), &encoded)
        authorityBase64 = encoded

        guard let constraints = BASIC_CONSTRAINTS_new(), let usage = ASN1_BIT_STRING_new(), let usages = OPENSSL_sk_new_null(),
            let keyID = AUTHORITY_KEYID_new()
        else { throw Failure() }
        ASN1_BIT_STRING_set_bit(usage, 0, 1)
        for identifier in [NID_server_auth, NID_client_auth] { OPENSSL_sk_push(usages, UnsafeRawPointer(OBJ_nid2obj(identifier))) }
        keyID.pointee.keyid = ASN1_OCTET_STRING_dup(identifier)
        guard let first = X509V3_EXT_i2d(NID_basic_constraints, 1, UnsafeMutableRawPointer(constraints)),
            let second = X509V3_EXT_i2d(NID_key_usage, 1, UnsafeMutableRawPointer(usage)),
            let third = X509V3_EXT_i2d(NID_ext_key_usage, 0, UnsafeMutableRawPointer(usages)),
            let fourth = X509V3_EXT_i2d(NID_authority_key_identifier, 0, UnsafeMutableRawPointer(keyID))
        else { throw Failure() }
        constant = [first, second, third]
        authorityIdentifier = fourth
    }

    func secret(_ host: Host) throws -> [UInt8] {
        guard let leafKey = Self.newKey(), let leaf = X509_new() else { throw Failure() }
        defer {
            EVP_PKEY_free(leafKey)
            X509_free(leaf)
        }
        try fill(leaf, leafKey, host)
        text.removeAll(keepingCapacity: true)
        text += "{\"apiVersion\":\"v1\",\"data\":{\"ca.crt\":\"".utf8
        text += authorityBase64
        text += "\",\"tls.crt\":\"".utf8
        Self.encode(Self.written { PEM_write_bio_X509($0, leaf) }, &text)
        text += "\",\"tls.key\":\"".utf8
        Self.encode(Self.written { PEM_write_bio_PrivateKey($0, leafKey, nil, nil, 0, nil, nil) }, &text)
        text += "\"},\"kind\":\"Secret\",\"metadata\":{\"labels\":{\"spice.ai/component\":\"certificate\"},\"name\":\"".utf8
        text += host.pod.utf8
        text += "-mtls\",\"namespace\":\"default\"},\"type\":\"kubernetes.io/tls\"}".utf8
        return text
    }

    static func isKeyMade() throws -> Bool {
        guard let key = newKey() else { throw Failure() }
        EVP_PKEY_free(key)
        return true
    }

    private static func newKey() -> OpaquePointer? {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        EVP_PKEY_keygen_init(context)
        EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1)
        return EVP_PKEY_keygen(context, &key) == 1 ? key : nil
    }

    private func fill(_ leaf: OpaquePointer, _ leafKey: OpaquePointer, _ host: Host) throws {
        X509_set_version(leaf, 2)
        X509_set_pubkey(leaf, leafKey)
        ASN1_TIME_set(X509_getm_notBefore(leaf), time_t(now.unixSeconds - 900))
        ASN1_TIME_set(X509_getm_notAfter(leaf), time_t(now.unixSeconds + 7_776_000))
        X509_NAME_add_entry_by_txt(X509_get_subject_name(leaf), "CN", MBSTRING_UTF8, host.pod, -1, -1, 0)
        X509_set_issuer_name(leaf, X509_get_subject_name(authority))
        let serial = BN_new()
        BN_rand(serial, 127, -1, 0)
        BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(leaf))
        BN_free(serial)

        for made in constant { X509_add_ext(leaf, made, -1) }
        var digest = [UInt8](repeating: 0, count: 20)
        var count: UInt32 = 0
        X509_pubkey_digest(leaf, EVP_sha1(), &digest, &count)
        let identifier = ASN1_OCTET_STRING_new()
        ASN1_OCTET_STRING_set(identifier, digest, Int32(count))
        X509_add1_ext_i2d(leaf, NID_subject_key_identifier, UnsafeMutableRawPointer(identifier), 0, 0)
        ASN1_OCTET_STRING_free(identifier)
        X509_add_ext(leaf, authorityIdentifier, -1)

        let names = OPENSSL_sk_new_null()
        for name in host.names {
            let entry = GENERAL_NAME_new()
            let value = ASN1_STRING_type_new(V_ASN1_IA5STRING)
            ASN1_STRING_set(value, name, Int32(name.utf8.count))
            GENERAL_NAME_set0_value(entry, GEN_DNS, value)
            OPENSSL_sk_push(names, entry)
        }
        X509_add1_ext_i2d(leaf, NID_subject_alt_name, UnsafeMutableRawPointer(names), 0, 0)
        while let entry = OPENSSL_sk_pop(names) { GENERAL_NAME_free(entry.assumingMemoryBound(to: GENERAL_NAME.self)) }
        OPENSSL_sk_free(names)
        guard X509_sign(leaf, key, EVP_sha256()) > 0 else { throw Failure() }
    }

    private static func stream(_ text: String) -> OpaquePointer? {
        let stream = BIO_new(BIO_s_mem())
        BIO_write(stream, text, Int32(text.utf8.count))
        return stream
    }

    private static func written(_ write: (OpaquePointer?) -> Int32) -> [UInt8] {
        let stream = BIO_new(BIO_s_mem())
        defer { BIO_free(stream) }
        guard write(stream) == 1 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: 2048) { buffer, count in
            count = Int(max(0, BIO_read(stream, buffer.baseAddress, Int32(buffer.count))))
        }
    }

    private static func encode(_ bytes: [UInt8], _ text: inout [UInt8]) {
        text += [UInt8](unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4 + 1) { buffer, count in
            count = Int(EVP_EncodeBlock(buffer.baseAddress, bytes, Int32(bytes.count)))
        }
    }
}
