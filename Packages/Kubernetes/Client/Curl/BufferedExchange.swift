import Synchronization

/// A transfer whose whole response is collected.
final class BufferedExchange: Exchange {
    private enum Waiter {
        case none
        case waiting(CheckedContinuation<HTTPResponse, any Error>)
        case done
    }

    private struct State {
        var waiter = Waiter.none
        var response = HTTPResponse(status: 0)
    }

    let request: HTTPRequest
    let isStream = false
    private let limit: Int
    private let state = Mutex(State())

    init(_ request: HTTPRequest, limit: Int) {
        self.request = request
        self.limit = limit
    }

    func response(from mailbox: CurlMailbox, _ credential: Credential) async throws -> HTTPResponse {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if case .done = state.waiter { return true }
                    state.waiter = .waiting(continuation)
                    return false
                }
                if isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    mailbox.post(.start(self, credential))
                }
            }
        } onCancel: {
            if let waiter = takeWaiter() {
                waiter.resume(throwing: CancellationError())
                mailbox.post(.cancel(id))
            }
        }
    }

    var isAbandoned: Bool {
        state.withLock { if case .waiting = $0.waiter { false } else { true } }
    }

    func begin(status: Int, headers: HTTPHeaders) {
        // Only a hint: a compressed body gets longer, and a lie must not cost memory.
        let length = min(headers["content-length"].flatMap { Int($0) } ?? 0, 1 << 20)
        state.withLock { state in
            state.response = HTTPResponse(status: status, headers: headers)
            state.response.body.reserveCapacity(max(0, length))
        }
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
        state.withLock { state in
            guard state.response.body.count + bytes.count <= limit else { return .refused }
            state.response.body.append(contentsOf: bytes)
            return .taken
        }
    }

    func finish(_ error: TransportError?) {
        let response = state.withLock { $0.response }
        guard let waiter = takeWaiter() else { return }
        if let error {
            waiter.resume(throwing: error)
        } else {
            waiter.resume(returning: response)
        }
    }

    private func takeWaiter() -> CheckedContinuation<HTTPResponse, any Error>? {
        state.withLock { state in
            defer { state.waiter = .done }
            if case .waiting(let continuation) = state.waiter { return continuation }
            return nil
        }
    }
}
