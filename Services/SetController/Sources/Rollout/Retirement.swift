import KubernetesModel
import SpiceTypes

/// What becomes of generations that no longer receive traffic: one is kept as standby for its time, the others until the
/// connections they still have are drained.
struct Retirement: Sendable {
    /// Endpoints and proxies learn of a switch with a delay, and clients keep connections
    /// (kubernetes/kubernetes#108523, argoproj/argo-rollouts#1160).
    static let drainTime: Duration = .seconds(30)

    /// When each kept generation stopped being active.
    private(set) var retired: [GenerationID: Timestamp] = [:]
    private(set) var standby: Standby?
    /// Generations whose time is over, or that never served.
    private(set) var removed: Set<GenerationID> = []
    /// Until the next of them is to be removed.
    private(set) var nextChange: Duration?

    /// - Parameters:
    ///   - active: the generation that receives traffic from now on.
    ///   - target: the generation that has the wanted version.
    init(_ observed: ObservedRollout, active: GenerationID, target: GenerationID) {
        let now = observed.world.now
        retired = Self.retirements(observed, active: active, target: target)
        standby = observed.standby(among: retired)
        for (id, since) in retired {
            let until =
                id == target
                ? since + Self.drainTime
                : max(since + Self.drainTime, standby?.generation == id ? standby?.expiresAt ?? since : since)
            if until > now {
                nextChange = min(nextChange ?? until - now, until - now)
            } else if id != target {
                removed.insert(id)
                retired[id] = nil
            }
        }
        if let standby, standby.expiresAt > now { nextChange = min(nextChange ?? .seconds(Int64.max), standby.expiresAt - now) }
        removed.formUnion(observed.living.subtracting(retired.keys).subtracting([active, target]))
    }

    private static func retirements(_ observed: ObservedRollout, active: GenerationID, target: GenerationID) -> [GenerationID:
        Timestamp]
    {
        let now = observed.world.now
        var retired = observed.record?.retired ?? [:]
        // a controller that died right after the switch could not write down the time
        for before in [observed.record?.active, observed.active].compactMap({ $0 }) where before != active {
            guard observed.living.contains(before) else { continue }
            let isNow = before == observed.active || retired[before] == nil
            // the last one is told by its time: two within a second stay apart
            if isNow {
                let latest = retired.filter { $0.key != before }.values.max()
                retired[before] = max(now.nextWholeSecond, latest.map { $0 + .seconds(1) } ?? now)
            }
        }
        if observed.record == nil {
            for id in observed.living where retired[id] == nil && id != target { retired[id] = now.nextWholeSecond }
        }
        retired[active] = nil
        let standby = observed.standby(among: retired)
        let remains = Set(observed.world.orphans.map(\.generation))
        return retired.filter {
            observed.living.contains($0.key) || remains.contains($0.key) || $0.key == standby?.generation
        }
    }
}

/// The version kept for an instant rollback.
struct Standby: Sendable, Hashable {
    var generation: GenerationID
    /// The start of it.
    var version: String
    var expiresAt: Timestamp
}

extension ObservedRollout {
    /// The generation that was retired last, while its time lasts.
    func standby(among retired: [GenerationID: Timestamp]) -> Standby? {
        let spec = world.set.spec.standbyVersion
        guard spec?.enabled == true, let (id, since) = retired.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
            let version = generation(id).version
        else { return nil }
        let expiresAt = since + .seconds(spec?.retentionPeriodSeconds ?? 900)
        return expiresAt > world.now ? Standby(generation: id, version: version, expiresAt: expiresAt) : nil
    }
}
