/// The address of an API server, taken apart.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    public var scheme: String
    /// IPv6 addresses in brackets.
    public var host: String
    public var port: Int
    /// Path prefix without a slash at its end: empty for most servers.
    public var prefix: String

    public init(scheme: String = "https", host: String, port: Int, prefix: String = "") {
        self.scheme = scheme
        self.host = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        self.port = port
        self.prefix = prefix
    }

    /// Reads `https://host[:port][/prefix]`; nil for anything else, also for user names, queries and fragments.
    public init?(_ url: String) {
        var rest = url[...]
        if rest.hasPrefix("https://") {
            scheme = "https"
        } else if rest.hasPrefix("http://") {
            scheme = "http"
        } else {
            return nil
        }
        rest = rest.dropFirst(scheme.utf8.count + 3)
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }),
            !rest.contains(where: { "?#@%\"<>^`{|}".contains($0) })
        else { return nil }

        let authority = rest.prefix { $0 != "/" }
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path = path.dropLast() }
        prefix = String(path)

        let host: Substring
        let tail: Substring
        if authority.first == "[" {
            guard let bracket = authority.firstIndex(of: "]") else { return nil }
            host = authority[...bracket]
            tail = authority[authority.index(after: bracket)...]
            guard host.count > 2 else { return nil }
        } else {
            host = authority.prefix { $0 != ":" }
            tail = authority.dropFirst(host.count)
            guard !host.isEmpty else { return nil }
        }
        self.host = String(host)
        if tail.isEmpty {
            port = scheme == "https" ? 443 : 80
        } else {
            guard tail.first == ":", let number = UInt16(tail.dropFirst()), number > 0 else { return nil }
            port = Int(number)
        }
    }

    public var description: String { "\(scheme)://\(host):\(port)\(prefix)" }
}
