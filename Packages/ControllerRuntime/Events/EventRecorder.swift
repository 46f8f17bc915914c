import CoreMetrics
import JSON
public import KubernetesClient
public import KubernetesModel
public import Logging
import Synchronization

/// Writes Events (events.k8s.io/v1). Repetitions become a series of the first one. None ever fails or holds up a reconcile.
public final class EventRecorder: Sendable {
    private enum Write: Sendable {
        case create(EventEntry)
        case series(EventEntry, count: Int)
    }

    private struct State {
        var ledger = EventLedger()
        var isFinished = false
        var limit: Task<Void, Never>?
    }

    /// What is still to be written when the recorder is to stop has this long.
    private static let flushTimeout: Duration = .seconds(3)

    private let client: KubernetesClient
    private let controller: String
    private let instance: String
    private let logger: Logger
    private let wall: @Sendable () -> Timestamp
    private let state = Mutex(State())
    private let writes: AsyncStream<Write>
    private let continuation: AsyncStream<Write>.Continuation

    public init(
        client: KubernetesClient, executable: String, instance: String, logger: Logger, wall: @escaping @Sendable () -> Timestamp
    ) {
        self.client = client
        controller = "spice.ai/\(executable)"
        self.instance = instance
        self.logger = logger
        self.wall = wall
        (writes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1000))
    }

    /// Returns at once; the event is written by `run`.
    public func record(_ event: Event, on subject: Subject) {
        let entry = EventEntry(event, on: subject)
        let now = client.time.now()
        let decision = state.withLock { $0.isFinished ? .nothing : $0.ledger.record(entry, now: now) }
        switch decision {
        case .nothing: break
        case .refused: dropped("budget")
        case .create: enqueue(.create(entry), entry)
        case .series(let count): enqueue(.series(entry, count: count), entry)
        }
    }

    private func enqueue(_ write: Write, _ entry: EventEntry) {
        guard case .dropped = continuation.yield(write) else { return }
        dropped("queue")
        state.withLock { $0.ledger.forget(entry) }
    }

    /// Writes events until the task is cancelled, then those still waiting.
    public func run() async {
        // a task of its own: events that were accepted go out after the cancellation too
        let writer = Task { for await write in writes { await perform(write) } }
        await withTaskCancellationHandler {
            await writer.value
        } onCancel: {
            state.withLock { state in
                state.isFinished = true
                state.limit = Task { [time = client.time] in
                    if (try? await time.sleep(Self.flushTimeout)) != nil { writer.cancel() }
                }
            }
            continuation.finish()
        }
        state.withLock { $0.limit }?.cancel()
    }

    // MARK: Writing

    private func perform(_ write: Write) async {
        switch write {
        case .create(let entry): await create(entry)
        case .series(let entry, let count): await writeSeries(entry, count)
        }
    }

    private func create(_ entry: EventEntry) async {
        do {
            _ = try await client.create(.events, object(entry))
            Counter(label: "spiceai_operator_events_total", dimensions: [("reason", entry.event.reason)]).increment()
        } catch {
            // the process before this one wrote it
            if error.code == .alreadyExists { return await writeSeries(entry, 2) }
            failed(entry, error)
        }
    }

    private func writeSeries(_ entry: EventEntry, _ count: Int) async {
        let series: JSONValue = ["series": ["count": .int(Int64(count)), "lastObservedTime": .string(wall().microText)]]
        do {
            _ = try await client.patch(.events, entry.key, .merge(series))
        } catch {
            // expired in the meantime
            if error.code == .notFound { return await create(entry) }
            failed(entry, error)
        }
    }

    private func failed(_ entry: EventEntry, _ error: APIError) {
        state.withLock { $0.ledger.forget(entry) }
        dropped("error")
        logger.warning(
            "event was not written",
            metadata: ["object": "\(entry.subject.key)", "reason": "\(entry.event.reason)", "error": "\(error)"])
    }

    private func dropped(_ why: String) {
        Counter(label: "spiceai_operator_events_dropped_total", dimensions: [("cause", why)]).increment()
    }

    private func object(_ entry: EventEntry) -> JSONValue {
        let (subject, event, key) = (entry.subject, entry.event, entry.key)
        return [
            "apiVersion": "events.k8s.io/v1", "kind": "Event",
            "metadata": ["name": .string(key.name), "namespace": .string(key.namespace)],
            "eventTime": .string(wall().microText),
            "reportingController": .string(controller), "reportingInstance": .string(String(instance.prefix(128))),
            "action": .string(event.action), "reason": .string(event.reason), "note": .string(event.note),
            "type": event.isWarning ? "Warning" : "Normal",
            "regarding": [
                "apiVersion": .string(subject.resource.apiVersion), "kind": .string(subject.resource.kind),
                "namespace": .string(subject.key.namespace), "name": .string(subject.key.name), "uid": .string(subject.uid),
            ],
        ]
    }
}
