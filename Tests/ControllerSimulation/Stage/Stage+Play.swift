extension Stage {
    /// Plays a script to its end, or to the first promise that is not kept.
    package func play<Decision: CustomStringConvertible>(
        _ beats: [Beat<Decision>], perform: (Decision) async throws -> Void
    ) async throws {
        for beat in beats {
            for _ in 0..<beat.gap {
                try await step()
                if violation != nil { return }
            }
            note("> \(beat.decision)")
            try await perform(beat.decision)
            if violation != nil { return }
        }
    }

    /// One thing of those that could happen now.
    private func step() async throws {
        counts.steps += 1
        let isWaiting = isWaiting
        let due = due
        switch random.below(16) {
        case 0..<5 where isWaiting: try deliver(random.below(64))
        case 5..<8 where !due.isEmpty: try await reconcile(due)
        case 8..<14 where mayPump: pump()
        case 14 where isWaiting || mayPump: advance(.milliseconds(1 + random.below(3000)))
        default:
            if mayPump {
                pump()
            } else if isWaiting {
                try deliver(random.below(64))
            } else if !due.isEmpty {
                try await reconcile(due)
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

    /// Without users and faults: everybody does what is due, and time passes.
    /// - Returns: whether the state was reached in time.
    package func settle(for limit: Duration, until isReached: () -> Bool) async throws -> Bool {
        let end = clock.now + limit
        while violation == nil {
            try await drainWork()
            if isReached() { return true }
            guard let next = untilNextTimer, clock.now < end else { return violation != nil }
            advance(next)
        }
        return true
    }

    /// Does all that is due, everybody in turn.
    private func drainWork() async throws {
        var rounds = 0
        while violation == nil {
            rounds += 1
            guard rounds < 200 + 100 * services.count else {
                let names = services.map(\.name).joined(separator: ", ")
                return fail(Violation(id: "converges", detail: "\(names) and the cluster keep each other busy for ever"))
            }
            while mayPump { pump() }
            while isWaiting { try deliver(0) }
            let due = due
            guard !due.isEmpty else { return }
            try await reconcile(due)
        }
    }
}
