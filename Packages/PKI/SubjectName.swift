import COpenSSL
import Glibc

/// Whom a certificate speaks for: a subject alternative name (RFC 5280, 4.2.1.6).
public enum SubjectName: Sendable, Hashable {
    case dns(String)
    /// Four or sixteen bytes.
    case address([UInt8])

    /// The host of a URL: an IP address, without brackets or with them, or a DNS name.
    /// - Returns: nil for what no certificate can hold.
    public init?(host: String) {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, bare, &four) == 1 {
            self = .address(withUnsafeBytes(of: four) { Array($0) })
        } else if inet_pton(AF_INET6, bare, &six) == 1 {
            self = .address(withUnsafeBytes(of: six) { Array($0) })
        } else if host.isDNSName {
            self = .dns(host)
        } else {
            return nil
        }
    }
}

extension String {
    /// RFC 1123, in any case, and with the underscores that some resolvers take.
    fileprivate var isDNSName: Bool {
        !isEmpty && utf8.count <= 253
            && split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63
                    && label.utf8.allSatisfy {
                        $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x41 && $0 <= 0x5A
                            || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    }
            }
    }
}

extension Certificate {
    /// Names of other kinds are left out.
    public var names: [SubjectName] {
        guard let extensions = X509_get_ext_d2i(handle.pointer, NID_subject_alt_name, nil, nil) else { return [] }
        let list = OpaquePointer(extensions)
        defer { GENERAL_NAMES_free(list) }
        return (0..<OPENSSL_sk_num(list)).compactMap { index in
            guard let entry = OPENSSL_sk_value(list, index)?.assumingMemoryBound(to: GENERAL_NAME.self) else { return nil }
            var type: Int32 = 0
            guard let value = GENERAL_NAME_get0_value(entry, &type), type == GEN_DNS || type == GEN_IPADD else { return nil }
            let text = value.assumingMemoryBound(to: ASN1_STRING.self)
            guard let start = ASN1_STRING_get0_data(text) else { return nil }
            let bytes = Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(text))))
            return type == GEN_DNS ? .dns(String(decoding: bytes, as: UTF8.self)) : .address(bytes)
        }
    }

    /// Whether a client that asked for this DNS name would accept it: an exact name, or a wildcard for the first label.
    public func names(host: String) -> Bool {
        let count = host.utf8.count
        return host.withCString {
            X509_check_host(handle.pointer, $0, count, UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT), nil) == 1
        }
    }
}

/// Through GENERAL_NAME, never through OpenSSL's configuration strings, which a name could break out of.
final class GeneralNames {
    let list: OpaquePointer

    init(_ names: [SubjectName]) throws(PKIError) {
        guard let list = OPENSSL_sk_new_null() else { throw PKIError(.library, "libcrypto has no memory") }
        self.list = list
        for name in names {
            switch name {
            case .dns(let text):
                guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                    throw PKIError(.name, "'\(text)' cannot stand in a certificate, use a DNS name in ASCII")
                }
                try append(GEN_DNS, V_ASN1_IA5STRING, Array(text.utf8))
            case .address(let bytes):
                guard bytes.count == 4 || bytes.count == 16 else {
                    throw PKIError(.name, "an address has 4 or 16 bytes, not \(bytes.count)")
                }
                try append(GEN_IPADD, V_ASN1_OCTET_STRING, bytes)
            }
        }
    }

    private func append(_ type: Int32, _ encoding: Int32, _ bytes: [UInt8]) throws(PKIError) {
        guard let name = GENERAL_NAME_new(), let value = ASN1_STRING_type_new(encoding) else {
            throw PKIError(.library, "libcrypto has no memory")
        }
        ASN1_STRING_set(value, bytes, Int32(bytes.count))
        GENERAL_NAME_set0_value(name, type, value)
        OPENSSL_sk_push(list, name)
    }

    deinit {
        while let name = OPENSSL_sk_pop(list) { GENERAL_NAME_free(name.assumingMemoryBound(to: GENERAL_NAME.self)) }
        OPENSSL_sk_free(list)
    }
}
