import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Runs a pretend `spiced` for every pod: HTTP on the pod's own loopback address, really probed.
final class SpicedRuntime: PodRuntime {
    private struct State {
        var addresses = PodAddresses(block: AddressBlock.claim())
        /// Listeners of a pod, and whether it is still wanted.
        var pods: [String: [any Channel]] = [:]
    }

    private let state = Mutex(State())
    private let group = MultiThreadedEventLoopGroup.singleton
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func address(of uid: String) -> String { state.withLock { $0.addresses.take(uid) } }

    func keep(_ address: String, of uid: String) { state.withLock { $0.addresses.keep(address, uid) } }

    func start(_ pod: RunningPod) {
        state.withLock { $0.pods[pod.uid] = [] }
        for port in pod.ports {
            ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(PretendSpiced(pod: pod.name))
                    }
                }
                .bind(host: pod.address, port: port)
                .whenComplete { [self] result in
                    switch result {
                    case .success(let channel):
                        let isWanted = state.withLock { state -> Bool in
                            guard state.pods[pod.uid] != nil else { return false }
                            state.pods[pod.uid]?.append(channel)
                            return true
                        }
                        if !isWanted { channel.close(promise: nil) }
                    case .failure(let error):
                        logger.warning(
                            "pod cannot listen",
                            metadata: ["pod": "\(pod.name)", "address": "\(pod.address):\(port)", "error": "\(error)"])
                    }
                }
        }
    }

    func stop(_ uid: String) {
        let channels = state.withLock { state in
            state.addresses.give(back: uid)
            return state.pods.removeValue(forKey: uid) ?? []
        }
        for channel in channels { channel.close(promise: nil) }
    }

    func probe(_ probe: HTTPProbe, report: @escaping @Sendable (Bool) -> Void) {
        ClientBootstrap(group: group)
            .connectTimeout(.seconds(probe.timeoutSeconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ProbeHandler(probe, report: report))
                }
            }
            .connect(host: probe.address, port: probe.port)
            .whenFailure { _ in report(false) }
    }
}

/// The endpoints of the runtime that probes and the status API ask.
private final class PretendSpiced: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let pod: String
    private var path = ""

    init(pod: String) {
        self.pod = pod
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): path = String(head.uri.prefix { $0 != "?" })
        case .body: break
        case .end:
            let (status, type, text) = answer
            let body = ByteBuffer(string: text)
            let headers: HTTPHeaders = ["Content-Type": type, "Content-Length": "\(body.readableBytes)"]
            context.write(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    private var answer: (HTTPResponseStatus, String, String) {
        switch path {
        case "/health": (.ok, "text/plain", "ok\n")
        case "/v1/ready": (.ok, "text/plain", "ready")
        case "/v1/status":
            (
                .ok, "application/json",
                #"[{"name":"http","endpoint":"0.0.0.0:8090","status":"Ready"},{"name":"flight","endpoint":"0.0.0.0:50051","status":"Ready"}]"#
            )
        case "/metrics": (.ok, "text/plain", "# TYPE pretend_spiced_up gauge\npretend_spiced_up{pod=\"\(pod)\"} 1\n")
        default: (.notFound, "text/plain", "not found\n")
        }
    }
}

/// Sends one GET and reports whether the status is a success (200 to 399, as kubelets count).
private final class ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let probe: HTTPProbe
    private var report: (@Sendable (Bool) -> Void)?
    private var timeout: Scheduled<Void>?

    init(_ probe: HTTPProbe, report: @escaping @Sendable (Bool) -> Void) {
        self.probe = probe
        self.report = report
    }

    func channelActive(context: ChannelHandlerContext) {
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: probe.path,
            headers: ["Host": "\(probe.address):\(probe.port)", "User-Agent": "kube-probe/1.36", "Connection": "close"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        let channel = context.channel
        timeout = context.eventLoop.scheduleTask(in: .seconds(probe.timeoutSeconds)) { channel.close(promise: nil) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        finish((200..<400).contains(head.status.code))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { finish(false) }

    private func finish(_ isSuccess: Bool) {
        timeout?.cancel()
        report?(isSuccess)
        report = nil
    }
}
