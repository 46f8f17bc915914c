import COpenSSL

/// A SHA-256 digest (FIPS 180-4).
public struct Digest: Sendable, Hashable {
    private let words: SIMD4<UInt64>

    public init(of bytes: [UInt8]) {
        var words = SIMD4<UInt64>()
        withUnsafeMutableBytes(of: &words) { _ = SHA256(bytes, bytes.count, $0.bindMemory(to: UInt8.self).baseAddress) }
        self.words = words
    }
}
