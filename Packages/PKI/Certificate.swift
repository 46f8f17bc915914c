import COpenSSL
import Glibc
public import KubernetesModel

/// An X.509 certificate (RFC 5280).
public struct Certificate: Sendable, Hashable {
    let handle: Handle

    init(handle: Handle) {
        self.handle = handle
    }

    /// All certificates of a PEM text in their order; other blocks and text around them are skipped.
    /// - Throws: `malformed` where there is none, or one cannot be read.
    public static func all(pem: [UInt8]) throws(PKIError) -> [Certificate] {
        let expected = count(of: "-----BEGIN CERTIFICATE-----", in: pem)
        guard expected > 0 else { throw PKIError(.malformed, "holds no certificate in PEM") }
        let found = try Memory.reading(pem) { (stream) throws(PKIError) -> [Certificate] in
            var found: [Certificate] = []
            while let certificate = PEM_read_bio_X509(stream, nil, { _, _, _, _ in -1 }, nil) {
                found.append(Certificate(handle: Handle(certificate)))
            }
            return found
        }
        guard found.count >= expected else {
            throw PKIError(.malformed, "certificate \(found.count + 1) of \(expected) cannot be read")
        }
        return found
    }

    public func pem() throws(PKIError) -> String {
        try Memory.text { PEM_write_bio_X509($0, handle.pointer) }
    }

    // MARK: What it says

    public var notBefore: Timestamp { Self.timestamp(X509_get0_notBefore(handle.pointer)) }
    /// The last second in which it is valid.
    public var notAfter: Timestamp { Self.timestamp(X509_get0_notAfter(handle.pointer)) }

    /// The subject's common name.
    public var commonName: String? {
        var buffer = [CChar](repeating: 0, count: 256)
        let name = X509_get_subject_name(handle.pointer)
        let count = X509_NAME_get_text_by_NID(name, NID_commonName, &buffer, Int32(buffer.count))
        guard count >= 0 else { return nil }
        return String(decoding: buffer.prefix(Int(min(count, 255))).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether it may sign certificates.
    public var isAuthority: Bool { X509_check_ca(handle.pointer) == 1 }

    /// SHA-256 over the whole certificate, in lower-case hexadecimal digits.
    public var fingerprint: String {
        Self.hexadecimal(Self.digest { X509_digest(handle.pointer, EVP_sha256(), $0, $1) })
    }

    /// Whether the key is the one that it was issued for.
    public func matches(_ key: PrivateKey) -> Bool {
        X509_check_private_key(handle.pointer, key.handle.pointer) == 1
    }

    public static func == (left: Certificate, right: Certificate) -> Bool {
        X509_cmp(left.handle.pointer, right.handle.pointer) == 0
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
    }

    /// A time that cannot be read counts as long gone: nothing is trusted by mistake.
    private static func timestamp(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp {
        var fields = tm()
        guard ASN1_TIME_to_tm(time, &fields) == 1 else { return Timestamp(unixSeconds: 0) }
        return Timestamp(unixSeconds: Int64(timegm(&fields)))
    }

    private static func count(of marker: StaticString, in text: [UInt8]) -> Int {
        let marker = UnsafeBufferPointer(start: marker.utf8Start, count: marker.utf8CodeUnitCount)
        var count = 0
        var start = 0
        while start + marker.count <= text.count {
            if text[start] == marker[0], text[start..<start + marker.count].elementsEqual(marker) { count += 1 }
            start += 1
        }
        return count
    }

    /// Certificates are not changed once they are made; what libcrypto caches in them it guards with a lock.
    final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) {
            self.pointer = pointer
        }

        deinit { X509_free(pointer) }
    }
}
