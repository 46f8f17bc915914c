import ControllerSimulation
import JSON
import KubernetesModel
import Testing

/// Several services live over one API, each with its own caches, faults and lives, and meet in objects alone.
@Suite struct ServicesTests {
    private func playing(_ seed: UInt64 = 1, _ body: (Tally) async throws -> Void) async throws {
        let tally = try await Tally(seed: seed)
        defer { tally.stage.close() }
        try await body(tally)
    }

    @Test func oneWorksOnWhatTheOtherMade() async throws {
        try await playing { tally in
            try await tally.makeMap("one")
            try await tally.makeMap("three")
            try await tally.rest()
            #expect(tally.lengths == ["one": "3", "three": "5"])
            #expect(
                tally.writers.sorted { $0.text < $1.text } == [
                    .service("copier"), .service("copier"), .service("counter"), .service("counter"), .user, .user,
                ])
        }
    }

    /// What a selector leaves out is not told.
    @Test func watchesAreSelectedByLabel() async throws {
        try await playing { tally in
            try await tally.makeMap("other", labels: ["copies": ""])
            try await tally.rest()
            #expect(tally.lengths == [:])
            #expect(tally.stage.counts.deliveries == 0)
        }
    }

    /// As a real watch has it: what a selector no longer selects is gone for who watches, and its end is told once.
    @Test func whatIsNotSelectedAnyMoreIsGone() async throws {
        try await playing { tally in
            try await tally.makeMap("one")
            try await tally.rest()
            let told = tally.stage.counts.deliveries
            let reconciled = tally.stage.counts.reconciles
            try await tally.label("one", ["copy": .null])
            try await tally.rest()
            #expect(tally.stage.counts.deliveries == told + 1)
            #expect(tally.stage.counts.reconciles == reconciled + 1)
            try await tally.label("one", ["other": "yes"])
            try await tally.rest()
            #expect(tally.stage.counts.deliveries == told + 1)
            try await tally.label("one", ["copy": "again"])
            try await tally.rest()
            #expect(tally.stage.counts.deliveries == told + 2)
        }
    }

    @Test func oneCrashesAndTheOtherGoesOn() async throws {
        try await playing { tally in
            tally.copier.faults.armCrash(afterWrites: 0)
            try await tally.makeMap("one")
            try await tally.rest()
            #expect(tally.began == ["copier", "counter", "copier"])
            #expect(tally.lengths == ["one": "3"])
        }
    }

    @Test func faultsMeetTheRequestsOfOneService() async throws {
        try await playing { tally in
            tally.counter.faults.arm(.internalError, after: 0)
            try await tally.makeMap("one")
            try await tally.rest()
            let told = tally.stage.trace.lines.filter { $0.contains("meets internalError") }
            #expect(told.count == 1)
            #expect(told.first?.contains("PATCH /api/v1/namespaces/copies/secrets/one") == true)
            #expect(tally.lengths == ["one": "3"])
        }
    }

    @Test func whatIsDownCatchesUpWhenItIsBack() async throws {
        try await playing { tally in
            tally.stage.stop(tally.counter)
            try await tally.makeMap("one")
            try await tally.rest()
            #expect(tally.lengths == ["one": ""])
            try tally.stage.start(tally.counter)
            try await tally.rest()
            #expect(tally.lengths == ["one": "3"])
        }
    }

    /// The same seed tells the same story, and another one another.
    @Test func repeatsExactly() async throws {
        func story(_ seed: UInt64) async throws -> [String] {
            var lines: [String] = []
            try await playing(seed) { tally in
                for index in 0..<6 { try await tally.makeMap("map-\(index)") }
                try await tally.stage.play((0..<20).map { Beat(gap: 5, decision: "beat \($0)") }) { _ in }
                lines = tally.stage.trace.lines + tally.writers.map(\.text)
            }
            return lines
        }
        let first = try await story(1)
        #expect(try await story(1) == first)
        #expect(try await story(2) != first)
    }
}
