import KubernetesClient
import NIOCore
import NIOHTTP1

/// Writes one response.
struct HTTPExchange: Sendable {
    var channel: any Channel
    /// The head of the answer only.
    var isHead: Bool
    var keepAlive: Bool
    var writeTimeout: Duration

    /// - Parameter beforeEnd: called on the event loop before the last part is written: the next request may follow at once.
    func send(_ response: HTTPServerResponse, beforeEnd: @escaping @Sendable () -> Void) async {
        do {
            switch response.body {
            case .bytes(let bytes): try await withDeadline { write(response, bytes, beforeEnd) }
            case .stream(let body):
                try await withDeadline { channel.writeAndFlush(head(response, length: nil)) }
                if !isHead { try await body(HTTPBodyWriter(exchange: self)) }
                try await withDeadline { end(beforeEnd) }
            }
            if !keepAlive { try await channel.close() }
        } catch {
            channel.close(promise: nil)
        }
    }

    /// For answers that no handler gives; streams are left out.
    func write(_ response: HTTPServerResponse) -> EventLoopFuture<Void> {
        guard case .bytes(let bytes) = response.body else { return channel.eventLoop.makeSucceededVoidFuture() }
        return write(response, bytes) {}
    }

    fileprivate func writePiece(_ bytes: [UInt8]) async throws {
        try await withDeadline { channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))) }
    }

    private func write(_ response: HTTPServerResponse, _ bytes: [UInt8], _ beforeEnd: @escaping @Sendable () -> Void)
        -> EventLoopFuture<Void>
    {
        channel.eventLoop.flatSubmit {
            channel.write(head(response, length: bytes.count), promise: nil)
            if !isHead, !bytes.isEmpty {
                channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
            }
            return end(beforeEnd)
        }
    }

    private func end(_ beforeEnd: @escaping @Sendable () -> Void) -> EventLoopFuture<Void> {
        channel.eventLoop.flatSubmit {
            beforeEnd()
            return channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        }
    }

    private func head(_ response: HTTPServerResponse, length: Int?) -> HTTPServerResponsePart {
        var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: response.status))
        for field in response.headers.fields { head.headers.add(name: field.name, value: field.value) }
        if let length, response.status != 204, response.status != 304 {
            head.headers.replaceOrAdd(name: "content-length", value: String(length))
        }
        if !keepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        return .head(head)
    }

    /// Closes the connection of a client that does not take what is written for it.
    private func withDeadline(_ write: () -> EventLoopFuture<Void>) async throws {
        let channel = channel
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(writeTimeout)) { channel.close(promise: nil) }
        defer { deadline.cancel() }
        try await write().get()
    }
}

/// Takes the pieces of a streamed response.
public struct HTTPBodyWriter: Sendable {
    fileprivate var exchange: HTTPExchange

    /// Returns when the piece has left: a slow client slows the writer down. Throws when the client is gone.
    public func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        try await exchange.writePiece(bytes)
    }
}
