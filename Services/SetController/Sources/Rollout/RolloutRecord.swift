import JSON
import KubernetesModel
import SpiceTypes

/// What a set has to remember of its rollouts, kept in an annotation of its headless Service: objects outlive controllers.
///
/// Which generation is active the Service's own selector says; the record says it where there is no Service, and tells a
/// controller that died right after a switch which generation was active before.
struct RolloutRecord: Sendable, Hashable {
    var active: GenerationID?
    /// When each generation that was switched away from and still lives stopped being active.
    var retired: [GenerationID: Timestamp] = [:]
    var hold = RollbackHold.none

    init(active: GenerationID?, retired: [GenerationID: Timestamp] = [:], hold: RollbackHold = .none) {
        self.active = active
        self.retired = retired
        self.hold = hold
    }

    /// - Returns: nil for what nobody wrote or cannot be read, which is the same: the record is lost then.
    init?(annotation: String?) {
        guard let annotation, let tree = try? JSONValue(parsing: annotation), let members = tree.objectValue else { return nil }
        active = members["active"]?.stringValue.flatMap { GenerationID(rawValue: $0) }
        for (name, time) in members["retired"]?.objectValue ?? [:] {
            guard let id = GenerationID(rawValue: name), let at = Timestamp(time.stringValue ?? "") else { continue }
            retired[id] = at
        }
        hold = RollbackHold(members["hold"])
    }

    /// Canonical, so that an unchanged record is an unchanged object.
    var annotation: String {
        var tree: JSONValue = [:]
        tree["active"] = active.map { .string($0.rawValue) }
        if !retired.isEmpty {
            tree["retired"] = .object(
                Dictionary(uniqueKeysWithValues: retired.map { ($0.key.rawValue, .string($0.value.nextWholeSecond.text)) }))
        }
        tree["hold"] = hold.json
        return tree.text
    }
}
