package import ControllerSimulation

/// Upgrades and certificates of one cluster by set-controller, cluster-controller and cert-manager.
package enum Topologies {
    /// Plays one seed.
    /// - Parameter keepsTrace: for reading; it costs.
    package static func play(seed: UInt64, mutation: Mutation? = nil, keepsTrace: Bool = false) async throws -> Outcome {
        try await play(Script(seed: seed), mutation, keepsTrace)
    }

    private static func play(_ script: Script, _ mutation: Mutation?, _ keepsTrace: Bool) async throws -> Outcome {
        let run = try await Run(script, mutation: mutation, keepsTrace: keepsTrace)
        defer { run.stage.close() }
        try await run.play(script)
        return Outcome(
            seed: script.seed, violation: run.stage.violation, trace: run.stage.trace.lines, counts: run.stage.counts)
    }

    /// A failing seed with as few users' edits and faults as still break the same promise, and its story.
    package static func shrink(seed: UInt64, mutation: Mutation? = nil) async throws -> Outcome {
        try await Script(seed: seed).shrunk { script, keepsTrace in try await play(script, mutation, keepsTrace) }
    }
}
