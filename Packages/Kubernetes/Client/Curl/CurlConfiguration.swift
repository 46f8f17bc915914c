/// How a server is reached.
public struct CurlConfiguration: Sendable {
    /// `https://host:port` with an optional path prefix. `http://` works too: `kubectl proxy` speaks it.
    public var server: ServerAddress
    /// PEM certificates of the only authorities to trust; nil for those of the system.
    public var authorities: [UInt8]?
    /// The name that the server's certificate must have, where it is not the address' host.
    public var serverName: String?
    /// Trusts any certificate. For tests and broken development clusters.
    public var skipsVerification = false
    /// `http://`, `https://` or `socks5://`; nil for what the environment says (`HTTPS_PROXY`, `NO_PROXY`).
    public var proxy: String?
    /// Sent with every request, such as impersonation.
    public var headers: [(name: String, value: String)] = []
    /// Whether responses may be compressed where the request takes it.
    public var compression = true
    public var connectTimeout: Duration = .seconds(10)
    /// The largest body that `send` collects.
    public var bodyLimit = 256 << 20
    /// How much of a stream is kept for a slow consumer before the transfer pauses.
    public var streamBuffer = 1 << 20

    /// A stream that is reported as stalled takes its connection with it unless something came over that for this long.
    public var stallWindow: Duration = .seconds(60)

    public init(server: ServerAddress) {
        self.server = server
    }
}
