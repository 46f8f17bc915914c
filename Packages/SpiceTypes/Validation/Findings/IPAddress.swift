import Glibc

/// Addresses as the API server takes them.
enum IPAddress {
    static func isAddress(_ text: String) -> Bool { isAddress(text, AF_INET) || isAddress(text, AF_INET6) }

    /// 127.0.0.0/8, also as IPv6 writes it, and ::1.
    static func isLoopback(_ text: String) -> Bool {
        if let bytes = bytes(text, AF_INET) { return bytes[0] == 127 }
        guard let bytes = bytes(text, AF_INET6), bytes[..<10].allSatisfy({ $0 == 0 }) else { return false }
        let (mapped, last) = (bytes[10..<12], bytes[12...])
        return mapped.elementsEqual([0xff, 0xff]) ? last.first == 127 : (mapped + last).elementsEqual([0, 0, 0, 0, 0, 1])
    }

    /// An address, a slash and the number of bits that count: 10.0.0.0/8.
    static func isRange(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...3).contains(parts[1].utf8.count), let bits = UInt8(parts[1]) else { return false }
        let address = String(parts[0])
        return isAddress(address, AF_INET) ? bits <= 32 : isAddress(address, AF_INET6) && bits <= 128
    }

    private static func isAddress(_ text: String, _ family: Int32) -> Bool { bytes(text, family) != nil }

    /// 16 bytes, of IPv4 the first four count.
    private static func bytes(_ text: String, _ family: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: MemoryLayout<in6_addr>.size)
        guard text.utf8.count < 64, !text.utf8.contains(0), inet_pton(family, text, &bytes) == 1 else { return nil }
        return bytes
    }
}
