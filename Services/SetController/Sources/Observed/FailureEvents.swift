import JSON
package import KubernetesClient
import KubernetesModel
package import Logging
import Synchronization

/// Reads the events about pods that fail, pod by pod: a watch would bring in every event of the cluster.
package final class FailureEvents: Sendable {
    /// Those that the page names. Kubelets write `BackOff`, `Failed` and `Evicted` about pods; `OOMKilling` is the node problem
    /// detector's, mostly about nodes.
    static let reasons: Set<String> = ["BackOff", "Evicted", "OOMKilling", "Failed"]
    /// A pod that goes on failing is read this often: its events count up without any change of the pod.
    static let period: Duration = .seconds(10)
    /// A pod that has got ready in spite of its restarts is read once within this time.
    static let aftermath: Duration = .seconds(60)
    /// Pods read in a reconcile: more than enough for any threshold, without a storm where a thousand pods fail at once.
    static let batch = 16
    private static let capacity = 4096
    private static let warningPeriod: Duration = .seconds(600)
    private static let resource = ResourceType(group: "", version: "v1", plural: "events", kind: "Event")

    private struct Entry {
        var readAt: Duration
        var restarts: Int
        var phase: String
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var warnedAt: Duration?
    }

    private let client: KubernetesClient
    private let logger: Logger
    private let state = Mutex(State())

    package init(client: KubernetesClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// How often each event about a failure was seen, by UID of the pods that were due for reading. What cannot be read is as if
    /// nothing had happened: a missing permission must not hold the set up.
    /// - Throws: `CancellationError`.
    func read(_ world: World) async throws -> [String: [String: Int]] {
        var found: [String: [String: Int]] = [:]
        for pod in due(world) {
            do {
                found[pod.uid] = try await events(of: pod)
            } catch {
                try Task.checkCancellation()
                warn(pod, error)
            }
        }
        return found
    }

    /// Whether a pod of the set is due for reading, which takes requests.
    func isDue(_ world: World) -> Bool {
        let now = client.time.now()
        return state.withLock { state in world.pods.contains { Self.isDue($0, state.entries[$0.uid], world.now, now) } }
    }

    private func due(_ world: World) -> [ObservedPod] {
        let now = client.time.now()
        return state.withLock { state in
            let due = world.pods.filter { Self.isDue($0, state.entries[$0.uid], world.now, now) }
                .sorted { (state.entries[$0.uid]?.readAt ?? .zero, $0.name) < (state.entries[$1.uid]?.readAt ?? .zero, $1.name) }
                .prefix(Self.batch)
            if state.entries.count + due.count > Self.capacity {
                state.entries = state.entries.filter { now - $0.value.readAt < Self.aftermath }
                if state.entries.count + due.count > Self.capacity { state.entries = [:] }
            }
            for pod in due { state.entries[pod.uid] = Entry(readAt: now, restarts: pod.restarts, phase: pod.phase) }
            return Array(due)
        }
    }

    private static func isDue(_ pod: ObservedPod, _ entry: Entry?, _ wall: Timestamp, _ now: Duration) -> Bool {
        guard !pod.isTerminating else { return false }
        let isChanged = entry.map { $0.restarts != pod.restarts || $0.phase != pod.phase } ?? true
        if pod.isFailing { return isChanged || entry.map { now - $0.readAt >= period } ?? true }
        guard pod.isReady, pod.restarts > 0, isChanged, let since = pod.readySince else { return false }
        return wall - since < aftermath
    }

    private func events(of pod: ObservedPod) async throws(APIError) -> [String: Int] {
        let selector = Selector(fields: "involvedObject.kind=Pod,involvedObject.uid=\(pod.uid)")
        let page = try await client.listPage(
            FailureEvent.self, Self.resource, namespace: pod.key.namespace, selector: selector)
        var counts: [String: Int] = [:]
        for event in page.items where Self.reasons.contains(event.reason) {
            counts[event.name] = max(counts[event.name] ?? 0, event.count)
        }
        return counts
    }

    private func warn(_ pod: ObservedPod, _ error: any Error) {
        let now = client.time.now()
        let isDue = state.withLock { state in
            if let last = state.warnedAt, now - last < Self.warningPeriod { return false }
            state.warnedAt = now
            return true
        }
        guard isDue else { return }
        logger.warning(
            "events of a pod cannot be read, crash loops count by dead pods alone",
            metadata: ["object": "\(pod.key)", "error": "\(error)"])
    }
}

extension ObservedPod {
    /// It may have events about failures that are not yet counted. A pod without a node has none.
    var isFailing: Bool {
        guard !isReady, !isTerminating else { return false }
        let waitsForNode = ["Unschedulable", "SchedulingGated", "SchedulerError"].contains(trouble?.reason)
        return isDead || restarts > 0 || (trouble != nil && !waitsForNode)
    }
}

/// What counts of an event, in the shapes of both API groups.
struct FailureEvent: JSONScannable, Sendable, Hashable {
    /// The end of the object's name, after the pod's.
    var name = ""
    var reason = ""
    var count = 1

    init(scanning scanner: inout JSONScanner) throws {
        var (name, reason, count, series) = ("", "", Int64(1), Int64(1))
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                try scanner.forEachKey { key, scanner in
                    guard case "name" = key else { return try scanner.skip() }
                    name = try scanner.string()
                }
            case "reason": reason = try scanner.string()
            case "count": count = try scanner.null() ? 1 : scanner.int64()
            case "series":
                if try scanner.null() { return }
                try scanner.forEachKey { key, scanner in
                    guard case "count" = key else { return try scanner.skip() }
                    series = try scanner.int64()
                }
            default: try scanner.skip()
            }
        }
        self.name = String(name.split(separator: ".").last ?? "").prefix(63).description
        self.reason = reason
        self.count = Int(clamping: max(1, count, series))
    }
}
