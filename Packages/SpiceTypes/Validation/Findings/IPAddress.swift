import Glibc

/// Addresses as the API server takes them.
enum IPAddress {
    static func isAddress(_ text: String) -> Bool { isAddress(text, AF_INET) || isAddress(text, AF_INET6) }

    /// An address, a slash and the number of bits that count: 10.0.0.0/8.
    static func isRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...3).contains(parts[1].utf8.count), let bits = UInt8(parts[1]) else { return false }
        let address = String(parts[0])
        return isAddress(address, AF_INET) ? bits <= 32 : isAddress(address, AF_INET6) && bits <= 128
    }

    private static func isAddress(_ text: String, _ family: Int32) -> Bool {
        var bytes = in6_addr()
        return text.utf8.count < 64 && !text.utf8.contains(0) && inet_pton(family, text, &bytes) == 1
    }
}
