import JSON
import KubernetesModel

/// What a StatefulSet's pods need next: a pure decision.
struct StatefulSetRollout {
    enum Action {
        case create(ordinal: Int64, revision: String)
        case delete(JSONValue, isScaleDown: Bool)
    }

    var statefulSet: JSONValue
    var pods: [JSONValue]
    var current: String
    var update: String
    var now: Timestamp

    static func ordinal(of pod: JSONValue, in set: JSONValue) -> Int64? {
        guard pod.name.hasPrefix("\(set.name)-") else { return nil }
        return Int64(pod.name.dropFirst(set.name.count + 1))
    }

    private var start: Int64 { statefulSet[path: "spec", "ordinals", "start"]?.intValue ?? 0 }
    private var replicas: Int64 { statefulSet["spec", "replicas"]?.intValue ?? 1 }
    private var wanted: Range<Int64> { start..<start + max(0, replicas) }
    private var isOrdered: Bool { statefulSet["spec", "podManagementPolicy"] != "Parallel" }
    private var isRolling: Bool { statefulSet[path: "spec", "updateStrategy", "type"] != "OnDelete" }
    private var partition: Int64 { statefulSet[path: "spec", "updateStrategy", "rollingUpdate", "partition"]?.intValue ?? 0 }
    private var minReadySeconds: Int64 { statefulSet["spec", "minReadySeconds"]?.intValue ?? 0 }

    private func revision(of pod: JSONValue) -> String { pod.string("metadata", "labels", "controller-revision-hash") }

    private func isHealthy(_ pod: JSONValue) -> Bool { !pod.isBeingDeleted && pod.isPodAvailable(minReadySeconds, now) }

    private var byOrdinal: [Int64: JSONValue] {
        Dictionary(
            pods.compactMap { pod in Self.ordinal(of: pod, in: statefulSet).map { ($0, pod) } },
            uniquingKeysWith: { first, _ in first })
    }

    func actions() -> [Action] {
        let existing = byOrdinal
        var actions: [Action] = []
        for ordinal in wanted {
            guard let pod = existing[ordinal] else {
                actions.append(.create(ordinal: ordinal, revision: isRolling && ordinal < start + partition ? current : update))
                if isOrdered { return actions }
                continue
            }
            if pod.isPodFinished, !pod.isBeingDeleted {
                actions.append(.delete(pod, isScaleDown: false))
                if isOrdered { return actions }
            } else if isOrdered, !isHealthy(pod) {
                return actions
            }
        }
        for (_, pod) in existing.filter({ !wanted.contains($0.key) }).sorted(by: { $0.key > $1.key }) {
            if pod.isBeingDeleted {
                if isOrdered { return actions }
                continue
            }
            actions.append(.delete(pod, isScaleDown: true))
            if isOrdered { return actions }
        }
        return actions + rollingActions(existing)
    }

    /// One pod at a time, from the highest ordinal down.
    private func rollingActions(_ existing: [Int64: JSONValue]) -> [Action] {
        guard isRolling else { return [] }
        for ordinal in wanted.reversed() where ordinal >= start + partition {
            guard let pod = existing[ordinal] else { return [] }
            if revision(of: pod) != update, !pod.isBeingDeleted { return [.delete(pod, isScaleDown: false)] }
            if !isHealthy(pod) { return [] }
        }
        return []
    }

    func status(after old: JSONValue) -> JSONValue {
        let live = pods.filter { !$0.isBeingDeleted }
        func count(_ isCounted: (JSONValue) -> Bool) -> Int64 { Int64(live.filter(isCounted).count) }
        let ready = count(\.isPodReady)
        let updated = count { revision(of: $0) == update }
        var currentRevision = current
        var currentReplicas = count { revision(of: $0) == current }
        let total = Int64(pods.filter { !$0.isPodFinished }.count)
        if isRolling, updated == total, ready == total, updated == replicas {
            currentRevision = update
            currentReplicas = updated
        }
        var status: JSONValue = [
            "observedGeneration": statefulSet["metadata", "generation"] ?? 1, "replicas": .int(total),
            "availableReplicas": .int(count { $0.isPodAvailable(minReadySeconds, now) }),
            "currentRevision": .string(currentRevision),
            "updateRevision": .string(update), "collisionCount": 0,
        ]
        // Go leaves zeros of these out.
        for (name, value) in [("readyReplicas", ready), ("currentReplicas", currentReplicas), ("updatedReplicas", updated)]
        where value > 0 {
            status[name] = .int(value)
        }
        status["conditions"] = old["conditions"]
        return status
    }

    var revisionsInUse: Set<String> { Set(pods.map { revision(of: $0) }).union([current, update]) }

    /// `minReadySeconds` passes without a change of any object.
    var recheck: Duration? {
        guard minReadySeconds > 0, pods.contains(where: { $0.isPodReady && !$0.isPodAvailable(minReadySeconds, now) }) else {
            return nil
        }
        return .seconds(1)
    }
}
