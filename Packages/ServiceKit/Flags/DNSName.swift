/// RFC 1123 names, by hand: a regular expression costs four times as much.
enum DNSName {
    /// A label: lower-case letters, digits and inner hyphens, at most 63. What Kubernetes asks of a namespace.
    static func isLabel(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 63 else { return false }
        var last = first
        for byte in bytes {
            guard isAlphanumeric(byte) || byte == UInt8(ascii: "-") else { return false }
            last = byte
        }
        return isAlphanumeric(first) && isAlphanumeric(last)
    }

    /// Labels joined by dots, at most 253 characters.
    static func isName(_ text: String) -> Bool {
        text.utf8.count <= 253 && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isLabel)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
