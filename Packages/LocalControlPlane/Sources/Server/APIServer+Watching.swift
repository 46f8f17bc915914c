import JSON
import KubernetesModel
import Synchronization

/// Watches: what each is sent, and when it ends.
extension APIServer {
    /// Sends what has changed to whom it concerns, in order.
    func deliver(_ state: inout State) {
        forgetDeparted(&state)
        let revision = state.core.store.revision
        guard revision > state.delivered else { return }
        if let journal = state.journal, let changes = state.core.store.changes(after: state.delivered) { journal(changes) }
        state.delivered = revision
        for id in state.watchers.keys.sorted() { send(&state, to: id) }
    }

    private func send(_ state: inout State, to id: UInt64) {
        guard var watcher = state.watchers[id] else { return }
        let (events, isOver) = state.core.events(&watcher.watch)
        let isDropped = yield(events, &watcher, state.core)
        state.watchers[id] = watcher
        if isDropped || isOver { end(&state, id) }
    }

    /// True when the watch is to end: its client is too slow, or its objects cannot be shown.
    func yield(_ events: [WatchEvent], _ watcher: inout Watcher, _ core: APICore) -> Bool {
        guard !events.isEmpty else { return false }
        switch watcher.sink {
        case .events(let continuation):
            if case .dropped = continuation.yield(events) { return true }
            return false
        case .lines(let continuation):
            let lines: [JSONValue]
            do throws(StatusError) {
                lines = try core.lines(events, &watcher.watch)
            } catch {
                _ = continuation.yield(Self.chunk([APICore.errorLine(error)]))
                return true
            }
            if case .dropped = continuation.yield(Self.chunk(lines)) { return true }
            return false
        }
    }

    static func chunk(_ lines: [JSONValue]) -> [UInt8] {
        lines.reduce(into: []) { bytes, line in
            bytes += line.serialized()
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    func forgetDeparted(_ state: inout State) {
        let ids = departed.withLock { departed in
            defer { departed = [] }
            return departed
        }
        for id in ids { state.watchers[id] = nil }
    }

    func end(_ state: inout State, _ id: UInt64) {
        state.watchers.removeValue(forKey: id)?.finish()
    }

    func open(_ watch: Watch, _ state: inout State) -> AsyncThrowingStream<[UInt8], any Error> {
        guard webhooks != nil, let versions = state.core.registry.versions(of: watch.resource.storage), versions.hasWebhook else {
            let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
                bufferingPolicy: .bufferingOldest(Self.watchBuffer))
            continuation.onTermination = onDeparture(add(watch, .lines(continuation), &state))
            return stream
        }
        let (stream, continuation) = AsyncThrowingStream<[WatchEvent], any Error>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.watchBuffer))
        let departure = onDeparture(add(watch, .events(continuation), &state))
        continuation.onTermination = { if case .cancelled = $0 { departure(.cancelled) } }
        return converted(stream, watch)
    }

    private func add(_ watch: Watch, _ sink: Watcher.Sink, _ state: inout State) -> UInt64 {
        let id = state.nextWatcher
        state.nextWatcher += 1
        state.watchers[id] = Watcher(
            watch: watch, endsAt: state.core.now + .seconds(watch.timeoutSeconds ?? 3600), sink: sink)
        send(&state, to: id)
        return id
    }

    private func onDeparture(
        _ id: UInt64
    ) -> @Sendable (AsyncThrowingStream<[UInt8], any Error>.Continuation.Termination) -> Void {
        { [weak self] reason in
            guard case .cancelled = reason, let self else { return }
            departed.withLock { $0.append(id) }
        }
    }

    /// Events in the watch's version, as the webhook makes them; what it fails at ends the watch with an ERROR.
    private func converted(
        _ events: AsyncThrowingStream<[WatchEvent], any Error>, _ watch: Watch
    ) -> AsyncThrowingStream<[UInt8], any Error> {
        let progress = Mutex<Watch?>(watch)
        return AsyncThrowingStream {
            var iterator = events.makeAsyncIterator()
            guard var watch = progress.withLock({ $0 }), let next = try await iterator.next() else { return nil }
            var answers = WebhookAnswers(canBeAsked: true)
            for _ in 0..<Trial.limit {
                let before = watch
                do throws(StatusError) {
                    let lines = try self.lines(next, &watch, answers)
                    progress.withLock { [watch] in $0 = watch }
                    return Self.chunk(lines)
                } catch {
                    watch = before
                    guard !error.undecided.isEmpty else {
                        progress.withLock { $0 = nil }
                        return Self.chunk([APICore.errorLine(error)])
                    }
                    await self.ask(error.undecided, &answers)
                }
            }
            return nil
        }
    }

    private func lines(
        _ events: [WatchEvent], _ watch: inout Watch, _ answers: WebhookAnswers
    ) throws(StatusError) -> [JSONValue] {
        let (result, moved) = state.withLock { [watch] state in
            var watch = watch
            state.core.webhooks = answers
            do throws(StatusError) {
                return (Result<[JSONValue], StatusError>.success(try state.core.lines(events, &watch)), watch)
            } catch {
                return (.failure(error), watch)
            }
        }
        watch = moved
        return try result.get()
    }
}
