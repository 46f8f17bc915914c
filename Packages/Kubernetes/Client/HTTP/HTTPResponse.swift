/// A whole response.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var headers: HTTPHeaders
    public var body: [UInt8]

    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A response whose body is still arriving. Letting go of it ends the transfer.
public struct HTTPStream: Sendable {
    public var status: Int
    public var headers: HTTPHeaders
    public var chunks: HTTPChunks
    /// Tells the transport that the connection under this stream no longer answers, so that it is not used again.
    public var reportStall: @Sendable () -> Void

    public init(status: Int, headers: HTTPHeaders = [:], chunks: HTTPChunks, reportStall: @escaping @Sendable () -> Void = {}) {
        self.status = status
        self.headers = headers
        self.chunks = chunks
        self.reportStall = reportStall
    }
}

/// The pieces of a body in order, cut wherever the network cut them. For one consumer.
public struct HTTPChunks: AsyncSequence, Sendable {
    private let pull: @Sendable () async throws -> [UInt8]?

    /// `next` gives the next piece, nil at the end. What it captures is released with the stream: end the transfer there.
    public init(_ next: @escaping @Sendable () async throws -> [UInt8]?) {
        pull = next
    }

    /// For transports that push: the pieces of an `AsyncThrowingStream`.
    public init(_ stream: AsyncThrowingStream<[UInt8], any Error>) {
        pull = {
            var iterator = stream.makeAsyncIterator()
            return try await iterator.next()
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let pull: @Sendable () async throws -> [UInt8]?

        public func next() async throws -> [UInt8]? {
            try await pull()
        }
    }
}
