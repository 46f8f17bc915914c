import KubernetesModel

extension Run {
    /// Plays the script to its end, then lets the set come to rest.
    /// - Returns: the first promise that was not kept.
    func play(_ script: Script) async throws -> Violation? {
        try startController()
        try await user.createSet()
        absorb(.user)
        for beat in script.beats {
            for _ in 0..<beat.gap {
                try await step()
                if let violation { return violation }
            }
            try await perform(beat.decision)
            if let violation { return violation }
        }
        try await comeToRest()
        return violation
    }

    private func perform(_ decision: Decision) async throws {
        trace.time = clock.now
        trace.note("> \(decision.text)")
        switch decision {
        case .request(let fault, let after): faults.arm(fault, after: after)
        case .crash(let writes): faults.armCrash(afterWrites: writes)
        case .relist(let index): try relist(index)
        case .pod, .healPods, .node:
            try await user.perform(decision, picture)
            absorb(.fault)
        default:
            try await user.perform(decision, picture)
            absorb(.user)
        }
    }

    /// One thing of those that could happen now.
    private func step() async throws {
        counts.steps += 1
        let isWaiting = (controller?.feed.waiting ?? 0) > 0
        let isDue = isReconcileDue
        switch random.below(16) {
        case 0..<5 where isWaiting: try deliver(random.below(64))
        case 5..<8 where isDue: try await reconcile()
        case 8..<14 where mayPump: pump()
        case 14 where isWaiting || mayPump: advance(.milliseconds(1 + random.below(3000)))
        default:
            if mayPump {
                pump()
            } else if isWaiting {
                try deliver(random.below(64))
            } else if isDue {
                try await reconcile()
            } else {
                pass()
            }
        }
    }

    /// Nobody has anything to do: time passes.
    private func pass() {
        guard let next = untilNextTimer else { return advance(.seconds(1 + random.below(60))) }
        advance(random.happens(80) ? next : min(next, .milliseconds(1 + random.below(20_000))))
    }
}
