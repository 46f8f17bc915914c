import Synchronization

/// A transfer whose body is handed on while it arrives.
///
/// Pieces are collected in one buffer until the consumer asks, which then takes all of it: a slow consumer gets few large
/// pieces. When the buffer is full the transfer pauses.
final class StreamedExchange: Exchange {
    private struct State {
        var head: (status: Int, headers: HTTPHeaders)?
        var headWaiter: CheckedContinuation<HTTPResponse, any Error>?
        var buffer: [UInt8] = []
        var waiter: CheckedContinuation<[UInt8]?, any Error>?
        var end: Result<Void, any Error>?
        var isPaused = false
    }

    let request: HTTPRequest
    let isStream = true
    private let bufferLimit: Int
    private let mailbox: CurlMailbox
    private let state = Mutex(State())

    init(_ request: HTTPRequest, bufferLimit: Int, mailbox: CurlMailbox) {
        self.request = request
        self.bufferLimit = bufferLimit
        self.mailbox = mailbox
    }

    // MARK: The consumer's side

    func head(_ credential: Credential) async throws -> HTTPResponse {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let end = state.withLock { state in
                    if state.end == nil { state.headWaiter = continuation }
                    return state.end
                }
                if end == nil {
                    mailbox.post(.start(self, credential))
                } else {
                    continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            cancel()
        }
    }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (result, resumes) = state.withLock { state -> (Result<[UInt8]?, any Error>?, Bool) in
                    if !state.buffer.isEmpty {
                        defer { state.buffer = [] }
                        defer { state.isPaused = false }
                        return (.success(state.buffer), state.isPaused)
                    }
                    if let end = state.end { return (end.map { nil }, false) }
                    state.waiter = continuation
                    return (nil, false)
                }
                if resumes { mailbox.post(.resume(id)) }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Ends the transfer; what was received and not yet taken is dropped.
    func cancel() {
        let wasRunning = end(.failure(CancellationError()), keepsBuffer: false)
        if wasRunning { mailbox.post(.cancel(id)) }
    }

    // MARK: The loop's side

    var isAbandoned: Bool { state.withLock { $0.end != nil } }

    func begin(status: Int, headers: HTTPHeaders) {
        let waiter = state.withLock { state in
            state.head = (status, headers)
            defer { state.headWaiter = nil }
            return state.headWaiter
        }
        waiter?.resume(returning: HTTPResponse(status: status, headers: headers))
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
        let (reception, waiter) = state.withLock { state -> (Reception, CheckedContinuation<[UInt8]?, any Error>?) in
            if let waiter = state.waiter {
                state.waiter = nil
                return (.taken, waiter)
            }
            guard state.buffer.count < bufferLimit else {
                state.isPaused = true
                return (.full, nil)
            }
            state.buffer.append(contentsOf: bytes)
            return (.taken, nil)
        }
        waiter?.resume(returning: Array(bytes))
        return reception
    }

    func finish(_ error: TransportError?) {
        _ = end(error.map { .failure($0) } ?? .success(()), keepsBuffer: true)
    }

    /// Returns whether the transfer was still running.
    private func end(_ result: Result<Void, any Error>, keepsBuffer: Bool) -> Bool {
        let (wasRunning, headWaiter, waiter) = state.withLock { state in
            let wasRunning = state.end == nil
            if wasRunning { state.end = result }
            if !keepsBuffer { state.buffer = [] }
            defer {
                state.headWaiter = nil
                state.waiter = nil
            }
            return (wasRunning, state.headWaiter, state.waiter)
        }
        // A stream that ends before its head has none to give.
        headWaiter?.resume(with: result.flatMap { .failure(TransportError.noHead) })
        waiter?.resume(with: result.map { nil })
        return wasRunning
    }
}

extension TransportError {
    fileprivate static let noHead = TransportError(
        .connectionLost, "the server closed the connection without a response", mayHaveReachedServer: true)
}

/// What a consumer holds of a stream: the transfer ends when the last copy goes.
final class StreamHandle: Sendable {
    let exchange: StreamedExchange

    init(_ exchange: StreamedExchange) {
        self.exchange = exchange
    }

    deinit { exchange.cancel() }
}
