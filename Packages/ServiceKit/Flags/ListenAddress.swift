import ArgumentParser
import Glibc

/// Where a server listens: `0.0.0.0:8090`, `[::1]:8090`, `localhost:8090`, `:8090` (every address). Port 0 takes any free port.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    public var host: String
    public var port: Int

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    public static func everywhere(_ port: Int) -> ListenAddress {
        ListenAddress(host: "0.0.0.0", port: port)
    }

    /// - Throws: `ValidationError` with the remedy.
    public init(parsing text: String) throws {
        guard let colon = text.lastIndex(of: ":") else {
            throw ValidationError("the port is missing, write host:port, for example 0.0.0.0:8090")
        }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = UInt16(digits) else {
            throw ValidationError("the port must be a number from 0 to 65535")
        }
        self.port = Int(port)
        self.host = try Self.host(text[..<colon])
    }

    private static func host(_ text: Substring) throws -> String {
        if text.isEmpty { return "0.0.0.0" }
        if text.first == "[" || text.contains(":") {
            let inner = String(text.dropFirst().dropLast())
            guard text.first == "[", text.last == "]", isNumeric(inner, AF_INET6) else {
                throw ValidationError("an IPv6 address stands in brackets, for example [::]:8090")
            }
            return inner
        }
        let host = String(text)
        // A name made of digits and dots only is an IPv4 address with a slip, not a name to resolve.
        let looksNumeric = host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0 >= 0x30 && $0 <= 0x39 }
        guard looksNumeric ? isNumeric(host, AF_INET) : DNSName.isName(host) else {
            throw ValidationError("the host is neither an address nor a name, write host:port, for example 0.0.0.0:8090")
        }
        return host
    }

    private static func isNumeric(_ text: String, _ family: Int32) -> Bool {
        var storage = in6_addr()
        return inet_pton(family, text, &storage) == 1
    }

    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
