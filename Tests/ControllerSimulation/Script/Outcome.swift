/// How much a run did.
package struct Counts: Sendable {
    package var steps = 0
    package var reconciles = 0
    /// Of the simulated cluster.
    package var units = 0
    package var events = 0
    package var deliveries = 0
}

/// The outcome of a seed.
package struct Outcome: Sendable {
    package var seed: UInt64
    package var violation: Violation?
    package var trace: [String]
    package var counts: Counts

    package init(seed: UInt64, violation: Violation?, trace: [String] = [], counts: Counts = Counts()) {
        self.seed = seed
        self.violation = violation
        self.trace = trace
        self.counts = counts
    }

    package var isGood: Bool { violation == nil }
}

extension SimulationScript {
    /// As few users' edits and faults as still break the same promise, and their story.
    package func shrunk(_ play: (Self, _ keepsTrace: Bool) async throws -> Outcome) async throws -> Outcome {
        var script = self
        let whole = try await play(script, false)
        guard let broken = whole.violation else { return whole }
        var size = max(1, script.beats.count / 2)
        while size >= 1 {
            var start = 0
            var hasShrunk = false
            while start < script.beats.count {
                var shorter = script
                shorter.beats.removeSubrange(start..<min(start + size, script.beats.count))
                if try await play(shorter, false).violation?.id == broken.id {
                    (script, hasShrunk) = (shorter, true)
                } else {
                    start += size
                }
            }
            if !hasShrunk || size > 1 { size /= 2 }
        }
        return try await play(script, true)
    }
}
