import JSON
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Serves an `APIServer` over HTTPS (HTTP/1.1; a watch takes a connection of its own).
struct HTTPFrontEnd: Sendable {
    var server: APIServer
    var logger: Logger
    /// What clients must bring; nil lets everyone in.
    var token: String?
    /// The real server's limit on request bodies.
    var bodyLimit = 3 << 20

    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    typealias Listener = NIOAsyncChannel<Connection, Never>

    static func bind(host: String, port: Int, tls: NIOSSLContext) async throws -> Listener {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    // Without pipelining assistance the channel is read during a watch, so a client that leaves is noticed.
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withPipeliningAssistance: false, withErrorHandling: true)
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Serves until cancelled.
    func run(_ listener: Listener) async throws {
        try await listener.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    group.addTask { await serve(connection) }
                }
            }
        }
    }

    private func serve(_ connection: Connection) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                var parts = inbound.makeAsyncIterator()
                while case .head(let head)? = try await parts.next() {
                    if head.headers["Expect"].contains("100-continue") {
                        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
                    }
                    var body: [UInt8]? = []
                    body: while let part = try await parts.next() {
                        switch part {
                        case .body(let buffer):
                            if (body?.count ?? 0) + buffer.readableBytes > bodyLimit { body = nil }
                            body?.append(contentsOf: buffer.readableBytesView)
                        case .end: break body
                        case .head: return
                        }
                    }
                    let isLast = try await answer(head, body, connection.channel, outbound)
                    if isLast || !head.isKeepAlive { return }
                }
            }
        } catch {
            // A client that goes away in the middle, or fails its handshake, is its own affair.
            logger.debug("connection ended", metadata: ["error": "\(error)"])
        }
    }

    /// Returns true when the connection is to be closed.
    private func answer(
        _ head: HTTPRequestHead, _ body: [UInt8]?, _ channel: any Channel,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws -> Bool {
        guard let body else {
            let error = StatusError(413, "RequestEntityTooLarge", "Request entity too large: limit is \(bodyLimit)")
            try await write(APIResponse(error), to: outbound, isHead: false)
            return true
        }
        guard let request = RequestLine.parse(head, body) else {
            try await write(APIResponse(StatusError.badRequest("the request target cannot be read")), to: outbound, isHead: false)
            return true
        }
        if let refusal = refusal(request) {
            try await write(refusal, to: outbound, isHead: false)
            return false
        }
        switch await server.answer(request) {
        case .response(let response):
            try await write(response, to: outbound, isHead: request.method == "HEAD")
            return false
        case .stream(let chunks, let headers):
            try await stream(chunks, headers, channel, outbound)
            return true
        }
    }

    private func refusal(_ request: APIRequest) -> APIResponse? {
        guard let token, !["/healthz", "/livez", "/readyz", "/version"].contains(request.path) else { return nil }
        let credential = request.header("Authorization")
        // Tokens made by `serviceaccounts/token` name their account; there is no authorization to tell them apart by.
        if credential == "Bearer \(token)" || credential.hasPrefix("Bearer local.") { return nil }
        return APIResponse(StatusError(401, "Unauthorized", "Unauthorized"))
    }

    private func write(
        _ response: APIResponse, to outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>, isHead: Bool
    ) async throws {
        var headers = HTTPHeaders(response.headers)
        headers.add(name: "Content-Length", value: "\(response.body.count)")
        headers.add(name: "Cache-Control", value: "no-cache, private")
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
        var parts: [HTTPServerResponsePart] = [.head(head)]
        if !isHead { parts.append(.body(.byteBuffer(ByteBuffer(bytes: response.body)))) }
        try await outbound.write(contentsOf: parts + [.end(nil)])
    }

    /// Sends chunks until the server ends the watch or the client leaves.
    private func stream(
        _ chunks: AsyncThrowingStream<[UInt8], any Error>, _ more: [(name: String, value: String)], _ channel: any Channel,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
    ) async throws {
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "Transfer-Encoding": "chunked", "Cache-Control": "no-cache, private",
        ]
        headers.add(contentsOf: more)
        try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    for try await chunk in chunks { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: chunk)))) }
                    try await outbound.write(.end(nil))
                } catch {
                    logger.debug("watch ended", metadata: ["error": "\(error)"])
                }
                channel.close(promise: nil)
            }
            group.addTask { try? await channel.closeFuture.get() }
            await group.next()
            group.cancelAll()
        }
    }
}

/// Reads the request line and headers.
enum RequestLine {
    static func parse(_ head: HTTPRequestHead, _ body: [UInt8]) -> APIRequest? {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first.flatMap({ decoded($0, plusIsSpace: false) }) else { return nil }
        var query: [(name: String, value: String)] = []
        for item in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(pair[0], plusIsSpace: true) else { return nil }
            guard let value = pair.count > 1 ? decoded(pair[1], plusIsSpace: true) : "" else { return nil }
            query.append((name, value))
        }
        return APIRequest(
            method: head.method.rawValue, path: path, query: query, headers: head.headers.map { ($0.name, $0.value) }, body: body)
    }

    private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst(), let low = rest.popFirst(),
                    let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
            } else {
                bytes.append(byte == UInt8(ascii: "+") && plusIsSpace ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
