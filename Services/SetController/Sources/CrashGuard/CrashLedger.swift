import KubernetesModel

/// How often the pods of a version have failed lately.
///
/// It remembers what it has counted of each pod, so that no failure counts twice, however often it is seen. It is kept in an
/// annotation of the version's ConfigMap: a controller that dies or hands over does not begin anew.
struct CrashLedger: Sendable, Hashable {
    /// After this long with every pod Ready, half of the failures are forgiven.
    static let halfLife: Duration = .seconds(600)
    static let rememberedPods = 64
    /// Per pod.
    static let rememberedEvents = 16
    private static let limit = 1_000_000

    var score = 0.0
    /// When the score last changed.
    var changedAt: Timestamp?
    /// By UID.
    var pods: [String: Counted] = [:]
    var last: PodFailure?

    /// What has been counted of a pod.
    struct Counted: Sendable, Hashable {
        var isDead = false
        /// Times an event was seen, by the end of its name: the kubelet gives an event that expired the same name again, and goes
        /// on counting.
        var events: [String: Int] = [:]
    }

    var isEmpty: Bool { score == 0 && pods.isEmpty }

    /// - Parameters:
    ///   - observed: every pod of the version. Those on their way out no longer count, whatever becomes of them.
    ///   - failures: how often each event about a failure was seen, by pod UID.
    func advanced(by observed: [ObservedPod], failures: [String: [String: Int]], now: Timestamp) -> CrashLedger {
        var next = self
        next.decay(observed, now)
        let known = Set(observed.map(\.uid))
        var added = 0
        for pod in observed.sorted(by: { ($0.name, $0.uid) < ($1.name, $1.uid) }) where !pod.isTerminating {
            let count = next.count(pod, failures[pod.uid] ?? [:], known)
            if count > 0 { next.last = pod.failure ?? next.last }
            added += count
        }
        if added > 0 {
            next.score = min(next.score + Double(added), Double(Self.limit))
            next.changedAt = now.wholeSeconds
        }
        if next.score == 0 {
            // an event outlives its hour of use: what it told of a living pod must not count again
            next.pods = next.pods.filter { known.contains($0.key) }
            (next.last, next.changedAt) = (nil, nil)
        }
        return next
    }

    private mutating func count(_ pod: ObservedPod, _ events: [String: Int], _ known: Set<String>) -> Int {
        var counted = pods[pod.uid] ?? Counted()
        var added = 0
        if pod.isDead, !counted.isDead {
            counted.isDead = true
            added += 1
        }
        for (event, times) in events.sorted(by: { $0.key < $1.key }) {
            let before = counted.events[event]
            guard times > before ?? 0, before != nil || counted.events.count < Self.rememberedEvents else { continue }
            counted.events[event] = min(times, Self.limit)
            added += min(times, Self.limit) - (before ?? 0)
        }
        guard added > 0 else { return 0 }
        if pods[pod.uid] == nil, pods.count >= Self.rememberedPods {
            pods = pods.filter { known.contains($0.key) }
            // What cannot be remembered is not counted: counting it again and again would be worse.
            guard pods.count < Self.rememberedPods else { return 0 }
        }
        pods[pod.uid] = counted
        return added
    }

    // MARK: Health

    private mutating func decay(_ observed: [ObservedPod], _ now: Timestamp) {
        guard let start = healthy(observed, now) else { return }
        let periods = Int((now - start) / Self.halfLife)
        guard periods > 0 else { return }
        score /= Double(1 << min(periods, 60))
        if score < 1 { score = 0 }
        changedAt = start + Self.halfLife * periods
    }

    /// Since when all pods have been Ready without a failure. It is read from the pods, so that readiness that comes and goes
    /// needs no writing down, and is neither progress nor failure.
    private func healthy(_ observed: [ObservedPod], _ now: Timestamp) -> Timestamp? {
        let pods = observed.filter { !$0.isTerminating }
        guard score > 0, let changedAt, !pods.isEmpty, pods.allSatisfy({ $0.isReady && !$0.isDead }) else { return nil }
        return pods.reduce(changedAt) { max($0, $1.readySince ?? now) }
    }

    /// How long until health changes the score.
    func nextDecay(_ observed: [ObservedPod], now: Timestamp) -> Duration? {
        healthy(observed, now).map { max(.seconds(1), $0 + Self.halfLife - now) }
    }
}
