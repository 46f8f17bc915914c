import CCurl

/// Runs all transfers of a transport. Everything here happens on the loop's own thread.
final class CurlLoop {
    private let multi: UnsafeMutableRawPointer
    private let mailbox: CurlMailbox
    private let configuration: CurlConfiguration
    private var transfers: [ObjectIdentifier: CurlTransfer] = [:]
    private var idleHandles: [UnsafeMutableRawPointer] = []
    private let sockets = CurlSockets()
    /// When a transfer last ended well on a connection, by its local port; of connections that are gone too, until it is cleared.
    private var lastAnswer: [Int: ContinuousClock.Instant] = [:]

    /// More than a controller has requests in flight.
    private static let idleHandleLimit = 8

    init(_ multi: CurlMailbox.Multi, _ mailbox: CurlMailbox, _ configuration: CurlConfiguration) {
        self.multi = multi.handle
        self.mailbox = mailbox
        self.configuration = configuration
        // libcurl assumes 100 until the server has told its own limit, and opens more connections beyond it.
        _ = curl_multi_set_long(self.multi, CURLMOPT_MAX_CONCURRENT_STREAMS, 1000)
    }

    func run() {
        while let commands = mailbox.take() {
            for command in commands { perform(command) }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            finishCompleted()
            // libcurl wakes up earlier when one of its own timers is due.
            curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
        shutDown()
    }

    private func perform(_ command: CurlMailbox.Command) {
        switch command {
        case .start(let exchange, let credential): start(exchange, credential)
        case .cancel(let id):
            if let transfer = transfers.removeValue(forKey: id) { abandon(transfer) }
        case .resume(let id):
            if let transfer = transfers[id] { curl_easy_pause(transfer.handle, CURLPAUSE_CONT) }
        case .stalled(let id):
            if let transfer = transfers[id], isSilent(transfer, since: .now - configuration.stallWindow) {
                closeConnection(of: transfer)
            }
        }
    }

    private func start(_ exchange: any Exchange, _ credential: Credential) {
        guard !exchange.isAbandoned else { return }
        guard let handle = idleHandles.popLast() ?? curl_easy_init() else {
            exchange.finish(TransportError(.invalidRequest, "libcurl gives no handle", mayHaveReachedServer: false))
            return
        }
        let transfer = CurlTransfer(handle, exchange)
        if let problem = transfer.configure(configuration, credential, sockets) {
            recycle(handle)
            exchange.finish(TransportError(.invalidRequest, problem, mayHaveReachedServer: false))
            return
        }
        transfers[exchange.id] = transfer
        let code = curl_multi_add_handle(multi, handle)
        if code != CURLM_OK {
            transfers[exchange.id] = nil
            recycle(handle)
            exchange.finish(
                TransportError(.invalidRequest, String(cString: curl_multi_strerror(code)), mayHaveReachedServer: false))
        }
    }

    private func finishCompleted() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            guard let transfer = CurlTransfer.of(handle), transfers.removeValue(forKey: transfer.exchange.id) != nil else {
                continue
            }
            if code == CURLE_OK {
                noteAnswer(transfer)
            } else if code == CURLE_OPERATION_TIMEDOUT, isSilent(transfer, since: transfer.started) {
                closeConnection(of: transfer)
            }
            let error = transfer.error(code)
            release(transfer)
            transfer.exchange.finish(error)
        }
    }

    /// Whether nothing at all came over the transfer's connection since then: in that case it is the connection, not the request.
    private func isSilent(_ transfer: CurlTransfer, since start: ContinuousClock.Instant) -> Bool {
        guard let port = transfer.localPort else { return false }
        if let answer = lastAnswer[port], answer >= start { return false }
        return !([transfer] + transfers.values).contains { other in
            other.localPort == port && (other.lastByte.map { $0 >= start } ?? false)
        }
    }

    private func noteAnswer(_ transfer: CurlTransfer) {
        guard let port = transfer.localPort else { return }
        if lastAnswer.count > 64 { lastAnswer = [:] }
        lastAnswer[port] = .now
    }

    /// libcurl would go on using a connection whose peer does not answer, as it cannot ping in multi mode before 8.12.
    /// Shutting the socket down makes it fail for all its transfers at once; their owners resume on a new one.
    private func closeConnection(of transfer: CurlTransfer) {
        if let port = transfer.localPort { sockets.shutDown(localPort: port) }
    }

    /// Ends a transfer that nobody waits for so that the server sees it at once.
    ///
    /// libcurl 7.88 queues the RST_STREAM of a removed transfer until something else happens on the connection, which between
    /// watches may take minutes. Toggling the pause of a neighbour that receives makes it send what is queued; without any
    /// neighbour the connection goes, as nobody would read what still comes over it.
    private func abandon(_ transfer: CurlTransfer) {
        let port = transfer.localPort
        let neighbours = transfers.values.filter { port != nil && $0.localPort == port }
        if neighbours.isEmpty { closeConnection(of: transfer) }
        release(transfer)
        if let neighbour = neighbours.first(where: \.hasHead) {
            curl_easy_pause(neighbour.handle, CURLPAUSE_RECV)
            curl_easy_pause(neighbour.handle, CURLPAUSE_CONT)
        }
    }

    private func release(_ transfer: CurlTransfer) {
        curl_multi_remove_handle(multi, transfer.handle)
        transfer.releaseLists()
        recycle(transfer.handle)
    }

    private func recycle(_ handle: UnsafeMutableRawPointer) {
        if idleHandles.count < Self.idleHandleLimit {
            curl_easy_reset(handle)
            idleHandles.append(handle)
        } else {
            curl_easy_cleanup(handle)
        }
    }

    private func shutDown() {
        let unstarted = mailbox.close()
        for transfer in transfers.values {
            curl_multi_remove_handle(multi, transfer.handle)
            transfer.releaseLists()
            curl_easy_cleanup(transfer.handle)
            transfer.exchange.finish(.transportClosed)
        }
        transfers = [:]
        idleHandles.forEach { curl_easy_cleanup($0) }
        curl_multi_cleanup(multi)
        for case .start(let exchange, _) in unstarted { exchange.finish(.transportClosed) }
    }
}
