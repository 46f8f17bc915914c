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
    package var counts = Counts()

    package var isGood: Bool { violation == nil }
}

package enum Rollouts {
    /// Plays one seed.
    /// - Parameter keepsTrace: for reading; it costs.
    package static func play(seed: UInt64, mutation: Mutation? = nil, keepsTrace: Bool = false) async throws -> Outcome {
        try await play(Script(seed: seed), mutation, keepsTrace)
    }

    private static func play(_ script: Script, _ mutation: Mutation?, _ keepsTrace: Bool) async throws -> Outcome {
        let run = try await Run(script, mutation: mutation, keepsTrace: keepsTrace)
        defer { run.close() }
        let violation = try await run.play(script)
        return Outcome(seed: script.seed, violation: violation, trace: run.trace.lines, counts: run.counts)
    }

    /// A failing seed with as few users' edits and faults as still break the same promise, and its story.
    package static func shrink(seed: UInt64, mutation: Mutation? = nil) async throws -> Outcome {
        var script = Script(seed: seed)
        guard let broken = try await play(script, mutation, false).violation else {
            return Outcome(seed: seed, violation: nil, trace: [])
        }
        func isFailing(_ script: Script) async throws -> Bool {
            try await play(script, mutation, false).violation?.id == broken.id
        }
        var size = max(1, script.beats.count / 2)
        while size >= 1 {
            var start = 0
            var hasShrunk = false
            while start < script.beats.count {
                var shorter = script
                shorter.beats.removeSubrange(start..<min(start + size, script.beats.count))
                if try await isFailing(shorter) {
                    (script, hasShrunk) = (shorter, true)
                } else {
                    start += size
                }
            }
            if !hasShrunk || size > 1 { size /= 2 }
        }
        return try await play(script, mutation, true)
    }
}
