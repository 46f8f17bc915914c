import JSON
import KubernetesModel

/// As the annotation `spice.ai/failures` keeps it.
extension CrashLedger {
    /// What nobody wrote, or what cannot be read, is an empty one.
    init(annotation: String?) {
        self.init()
        guard let annotation, let tree = try? JSONValue(parsing: annotation), let score = tree["score"]?.doubleValue,
            score.isFinite, score >= 0
        else { return }
        self.score = min(score, 1e6)
        changedAt = tree["changedAt"]?.stringValue.flatMap { Timestamp($0) }
        for (uid, member) in (tree["pods"]?.objectValue ?? [:]).prefix(Self.rememberedPods) {
            let events = (member["events"]?.objectValue ?? [:]).compactMapValues { $0.intValue.map { Int($0) } }
            pods[uid] = Counted(isDead: member["dead"] == true, events: events)
        }
        last = tree["last"].flatMap { try? JSONTreeDecoder().decode(PodFailure.self, from: $0) }
    }

    /// nil where there is nothing to be kept. Canonical, so that an equal ledger is an equal text.
    var annotation: String? {
        guard !isEmpty else { return nil }
        var tree: JSONValue = ["score": .double(score)]
        tree["changedAt"] = changedAt.map { .string($0.text) }
        tree["pods"] = .object(
            pods.mapValues { counted in
                var member: JSONValue = ["events": .object(counted.events.mapValues { .int(Int64($0)) })]
                if counted.isDead { member["dead"] = true }
                return member
            })
        tree["last"] = last.flatMap { try? JSONTreeEncoder().encode($0) }
        return tree.text
    }
}
