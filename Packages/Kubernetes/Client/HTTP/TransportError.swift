/// Why there is no response.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The host's name has no address.
        case resolve
        /// Nothing accepts connections there, or a proxy refuses to.
        case connect
        /// The server's certificate is not trusted, or it does not accept ours.
        case tls
        /// The time allowed is over.
        case timeout
        /// The connection or the stream broke.
        case connectionLost
        /// The body is larger than the transport takes.
        case tooLarge
        /// The request cannot be sent as it is.
        case invalidRequest
        /// The transport was released.
        case closed
    }

    public var code: Code
    public var message: String
    /// False when the server cannot have seen the request: then every request may be sent again.
    public var mayHaveReachedServer: Bool

    public init(_ code: Code, _ message: String, mayHaveReachedServer: Bool) {
        self.code = code
        self.message = message
        self.mayHaveReachedServer = mayHaveReachedServer
    }

    public var description: String { message }
}
