import COpenSSL

extension Certificate {
    /// Who signs with it: a digest of its subject and of its key. Renewed with the same key, an authority keeps it, and what it
    /// issued before stays its own.
    public var authorityIdentifier: String {
        let name = Self.digest { X509_NAME_digest(X509_get_subject_name(handle.pointer), EVP_sha256(), $0, $1) }
        let key = Self.digest { X509_pubkey_digest(handle.pointer, EVP_sha256(), $0, $1) }
        return Self.hexadecimal(name.prefix(16) + key.prefix(16))
    }

    /// Whether `authority` signed it itself: its issuer is the authority's subject, and the authority's key verifies it. This is
    /// what a node of a cluster asks of its own certificate; times and purposes are not looked at.
    public func isIssued(by authority: Certificate) -> Bool {
        let issuer = X509_get_issuer_name(handle.pointer)
        let subject = X509_get_subject_name(authority.handle.pointer)
        guard X509_NAME_cmp(issuer, subject) == 0, let key = X509_get0_pubkey(authority.handle.pointer) else { return false }
        return X509_verify(handle.pointer, key) == 1
    }

    static func digest(_ body: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt32>) -> Int32) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        _ = digest.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.map { body($0, &count) } }
        return Array(digest.prefix(Int(count)))
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
