/// Keeps a credential until it is due or rejected, then loads another. Many callers wait for one load.
actor RefreshingCredential: CredentialSource {
    struct Loaded: Sendable {
        var credential: Credential
        /// When to load again, by the time source's clock; nil for never.
        var due: Duration?
    }

    typealias Load = @Sendable (_ isRejected: Bool) async throws -> Loaded

    private let time: TimeSource
    private let load: Load
    private var current: Loaded?
    private var isRejected = false
    private var isLoading = false
    private var waiters: [CheckedContinuation<Result<Credential, any Error>?, Never>] = []

    init(time: TimeSource, _ load: @escaping Load) {
        self.time = time
        self.load = load
    }

    func credential() async throws -> Credential {
        while true {
            try Task.checkCancellation()
            if let current, !isRejected, current.due.map({ time.now() < $0 }) ?? true { return current.credential }
            if !isLoading { return try await reload() }
            if let result = await withCheckedContinuation({ waiters.append($0) }) { return try result.get() }
        }
    }

    func reject(_ credential: Credential) {
        if current?.credential == credential { isRejected = true }
    }

    private func reload() async throws -> Credential {
        isLoading = true
        let result: Result<Credential, any Error>
        do {
            let loaded = try await load(isRejected)
            current = loaded
            isRejected = false
            result = .success(loaded.credential)
        } catch {
            result = .failure(error)
        }
        isLoading = false
        // A cancelled caller says nothing to the others: one of them loads next.
        var shared: Result<Credential, any Error>? = result
        if case .failure(let error) = result, error is CancellationError { shared = nil }
        let waiting = waiters
        waiters = []
        for waiter in waiting { waiter.resume(returning: shared) }
        return try result.get()
    }
}
