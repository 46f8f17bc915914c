import KubernetesClient
import NIOCore
import NIOHTTP1

/// One connection: collects each request within its limits, runs the handler on a task of its own, writes the response.
///
/// The pipelining handler before it delivers the next request only when this one is answered, so there is at most one task. The
/// connection owns it: it is cancelled when the client leaves.
final class HTTPConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case idle
        /// Bytes of a request have come, its head is not complete.
        case receivingHead
        case reading(HTTPRequestHead, [UInt8])
        /// Answered before the request was complete: the rest is read and thrown away, since closing now could destroy the
        /// answer on its way.
        case refused(answered: EventLoopFuture<Void>)
        case responding(Task<Void, Never>)
    }

    private let handler: HTTPHandler
    private let limits: HTTPServerLimits
    private var state = State.idle
    private var deadline: Scheduled<Void>?

    init(handler: @escaping HTTPHandler, limits: HTTPServerLimits) {
        self.handler = handler
        self.limits = limits
    }

    func channelActive(context: ChannelHandlerContext) {
        arm(limits.requestTimeout, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        if case .responding(let task) = state { task.cancel() }
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is BytesArrived, case .idle = state { startRequest(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .idle):
            // A pipelined request, whose bytes came before the last answer.
            startRequest(context)
            begin(head, context)
        case (.head(let head), .receivingHead): begin(head, context)
        case (.body(let buffer), .reading(let head, var body)):
            // Out of the state while it grows, else every piece would copy the whole.
            state = .receivingHead
            guard body.count + buffer.readableBytes <= limits.bodyBytes else { return refuseBody(context) }
            body.append(contentsOf: buffer.readableBytesView)
            state = .reading(head, body)
        case (.end, .reading(let head, let body)): respond(head, body, context)
        case (.end, .refused(let answered)): close(context, after: answered)
        default: break
        }
    }

    private func startRequest(_ context: ChannelHandlerContext) {
        state = .receivingHead
        arm(limits.requestTimeout, context)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        guard length <= limits.bodyBytes else { return refuseBody(context) }
        if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
            let head = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        }
        state = .reading(head, [])
    }

    private func respond(_ head: HTTPRequestHead, _ body: [UInt8], _ context: ChannelHandlerContext) {
        deadline?.cancel()
        guard let target = RequestTarget(head.uri) else {
            return refuse(.text("the request's path cannot be decoded\n", status: 400), complete: true, context)
        }
        let request = HTTPServerRequest(
            head.method.rawValue, path: target.path, query: target.query,
            headers: .init(head.headers.map { (name: $0.name, value: $0.value) }), body: body)
        let exchange = HTTPExchange(
            channel: context.channel, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, writeTimeout: limits.writeTimeout)
        let owner = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loopContext = NIOLoopBound(context, eventLoop: context.eventLoop)
        let handler = handler
        state = .responding(
            Task {
                let response = await handler(request)
                await exchange.send(response) { owner.value.finished(loopContext.value) }
            })
    }

    /// The response's end is about to be written, after which the next request may come.
    private func finished(_ context: ChannelHandlerContext) {
        state = .idle
        arm(limits.idleTimeout, context)
    }

    private func refuseBody(_ context: ChannelHandlerContext) {
        refuse(.text("the request's body is larger than \(limits.bodyBytes) bytes\n", status: 413), complete: false, context)
    }

    private func refuse(_ response: HTTPServerResponse, complete: Bool, _ context: ChannelHandlerContext) {
        let exchange = HTTPExchange(channel: context.channel, isHead: false, keepAlive: false, writeTimeout: limits.writeTimeout)
        let answered = exchange.write(response)
        state = .refused(answered: answered)
        if complete { close(context, after: answered) }
    }

    private func close(_ context: ChannelHandlerContext, after answered: EventLoopFuture<Void>) {
        let channel = context.channel
        answered.whenComplete { _ in channel.close(promise: nil) }
    }

    private func arm(_ timeout: Duration, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(timeout)) { channel.close(promise: nil) }
    }
}

/// Something was read. Told from before the decoder, since a head that trickles in is no HTTP part for long.
struct BytesArrived: Sendable {}

final class BytesArrivedHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireUserInboundEventTriggered(BytesArrived())
        context.fireChannelRead(data)
    }
}
