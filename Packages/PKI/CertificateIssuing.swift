import COpenSSL
import KubernetesModel

extension Certificate {
    /// A certificate signed with its own key: the root of a chain.
    public static func selfSigned(_ profile: CertificateProfile, key: PrivateKey) throws(PKIError) -> Certificate {
        let draft = try Draft(profile, key: key)
        X509_set_issuer_name(draft.pointer, X509_get_subject_name(draft.pointer))
        return try draft.signed(by: key, issuer: draft.pointer)
    }

    /// A certificate for `key`, signed by this one.
    /// - Parameter issuerKey: this certificate's own.
    public func issue(_ profile: CertificateProfile, key: PrivateKey, issuerKey: PrivateKey) throws(PKIError) -> Certificate {
        guard matches(issuerKey) else { throw PKIError(.mismatch, "the issuer's key belongs to another certificate") }
        let draft = try Draft(profile, key: key)
        X509_set_issuer_name(draft.pointer, X509_get_subject_name(handle.pointer))
        return try draft.signed(by: issuerKey, issuer: handle.pointer)
    }
}

/// A certificate that is not signed yet.
private struct Draft {
    let handle: Certificate.Handle
    let profile: CertificateProfile
    var pointer: OpaquePointer { handle.pointer }

    init(_ profile: CertificateProfile, key: PrivateKey) throws(PKIError) {
        guard let certificate = X509_new() else { throw PKIError(.library, "libcrypto has no memory") }
        handle = Certificate.Handle(certificate)
        self.profile = profile
        let name = X509_get_subject_name(certificate)
        // The upper bound of RFC 5280 for a common name is 64 characters; the names proper are in the extension.
        let common = String(profile.commonName.unicodeScalars.prefix(64).map(Character.init))
        guard X509_set_version(certificate, 2) == 1, X509_set_pubkey(certificate, key.handle.pointer) == 1,
            ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(profile.notBefore.unixSeconds)) != nil,
            ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(profile.notAfter.unixSeconds)) != nil,
            X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, common, -1, -1, 0) == 1
        else { throw PKIError(.library, "libcrypto cannot make a certificate") }
        try setSerialNumber()
    }

    /// 127 random bits: positive, and unpredictable as the CA/Browser Forum asks.
    private func setSerialNumber() throws(PKIError) {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
        bytes[0] &= 0x7F
        guard let number = BN_bin2bn(bytes, Int32(bytes.count), nil) else { throw PKIError(.library, "libcrypto has no memory") }
        defer { BN_free(number) }
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil else {
            throw PKIError(.library, "libcrypto has no memory")
        }
    }

    func signed(by key: PrivateKey, issuer: OpaquePointer) throws(PKIError) -> Certificate {
        try addConstraints()
        try addKeyUsage()
        try addExtendedKeyUsage()
        let identifier = try addSubjectKeyIdentifier()
        try addAuthorityKeyIdentifier(issuer == pointer ? identifier : Self.keyIdentifier(of: issuer))
        try addNames()
        guard X509_sign(pointer, key.handle.pointer, EVP_sha256()) > 0 else { throw PKIError(.library, "libcrypto cannot sign") }
        return Certificate(handle: handle)
    }

    private var isAuthority: Bool { profile.purpose == .authority }

    private func addConstraints() throws(PKIError) {
        guard let constraints = BASIC_CONSTRAINTS_new() else { throw PKIError(.library, "libcrypto has no memory") }
        defer { BASIC_CONSTRAINTS_free(constraints) }
        constraints.pointee.ca = isAuthority ? 0xFF : 0
        if isAuthority {
            constraints.pointee.pathlen = ASN1_INTEGER_new()
            ASN1_INTEGER_set(constraints.pointee.pathlen, 0)
        }
        try add(NID_basic_constraints, UnsafeMutableRawPointer(constraints), critical: true)
    }

    /// Bits of RFC 5280, 4.2.1.3: digitalSignature 0, keyCertSign 5, cRLSign 6.
    private func addKeyUsage() throws(PKIError) {
        guard let usage = ASN1_BIT_STRING_new() else { throw PKIError(.library, "libcrypto has no memory") }
        defer { ASN1_BIT_STRING_free(usage) }
        for bit: Int32 in isAuthority ? [0, 5, 6] : [0] { ASN1_BIT_STRING_set_bit(usage, bit, 1) }
        try add(NID_key_usage, UnsafeMutableRawPointer(usage), critical: true)
    }

    private func addExtendedKeyUsage() throws(PKIError) {
        let usages: [Int32] =
            switch profile.purpose {
            case .authority: []
            case .server: [NID_server_auth]
            case .client: [NID_client_auth]
            case .peer: [NID_server_auth, NID_client_auth]
            }
        guard !usages.isEmpty else { return }
        guard let list = OPENSSL_sk_new_null() else { throw PKIError(.library, "libcrypto has no memory") }
        // The objects are libcrypto's own constants and are not freed.
        defer { OPENSSL_sk_free(list) }
        for usage in usages { OPENSSL_sk_push(list, UnsafeRawPointer(OBJ_nid2obj(usage))) }
        try add(NID_ext_key_usage, UnsafeMutableRawPointer(list), critical: false)
    }

    private func addSubjectKeyIdentifier() throws(PKIError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard X509_pubkey_digest(pointer, EVP_sha1(), &digest, &count) == 1, let identifier = ASN1_OCTET_STRING_new() else {
            throw PKIError(.library, "libcrypto cannot digest a key")
        }
        defer { ASN1_OCTET_STRING_free(identifier) }
        ASN1_OCTET_STRING_set(identifier, digest, Int32(count))
        try add(NID_subject_key_identifier, UnsafeMutableRawPointer(identifier), critical: false)
        return Array(digest.prefix(Int(count)))
    }

    private func addAuthorityKeyIdentifier(_ identifier: [UInt8]?) throws(PKIError) {
        guard let identifier else { return }
        guard let authority = AUTHORITY_KEYID_new() else { throw PKIError(.library, "libcrypto has no memory") }
        defer { AUTHORITY_KEYID_free(authority) }
        authority.pointee.keyid = ASN1_OCTET_STRING_new()
        ASN1_OCTET_STRING_set(authority.pointee.keyid, identifier, Int32(identifier.count))
        try add(NID_authority_key_identifier, UnsafeMutableRawPointer(authority), critical: false)
    }

    private static func keyIdentifier(of issuer: OpaquePointer) -> [UInt8]? {
        guard let identifier = X509_get0_subject_key_id(issuer), let start = ASN1_STRING_get0_data(identifier) else { return nil }
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(identifier))))
    }

    private func addNames() throws(PKIError) {
        guard !profile.names.isEmpty else { return }
        let names = try GeneralNames(profile.names)
        try withExtendedLifetime(names) { () throws(PKIError) in
            try add(NID_subject_alt_name, UnsafeMutableRawPointer(names.list), critical: false)
        }
    }

    private func add(_ identifier: Int32, _ value: UnsafeMutableRawPointer, critical: Bool) throws(PKIError) {
        guard X509_add1_ext_i2d(pointer, identifier, value, critical ? 1 : 0, 0) == 1 else {
            throw PKIError(.library, "libcrypto cannot add an extension")
        }
    }
}
