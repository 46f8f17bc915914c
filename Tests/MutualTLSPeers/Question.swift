import NIOCore
import NIOTLS

/// Sends one byte when the handshake is done, and is content with one in return.
final class Question: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: EventLoopPromise<Void>
    private var deadline: Scheduled<Void>?

    init(answer: EventLoopPromise<Void>) {
        self.answer = answer
    }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(10)) { [answer] in
            answer.fail(HandshakeFailure.noAnswer)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let agreed)? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard agreed == "h2" else { return answer.fail(HandshakeFailure.otherProtocol) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [1])), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer.succeed(())
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(HandshakeFailure.refused("\(error)"))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(HandshakeFailure.refused("the connection was closed"))
        context.fireChannelInactive()
    }
}

/// Sends back what it gets.
final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(data, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
