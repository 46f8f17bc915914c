import KubernetesModel
import Testing

@testable import ControllerRuntime

@Suite struct EventLedgerTests {
    private var ledger = EventLedger()

    private func entry(_ note: String = "went wrong", on name: String = "taxi") -> EventEntry {
        EventEntry(
            .init(isWarning: true, reason: "Failed", action: "Reconcile", note: note),
            on: .init(resource: .pods, key: ObjectKey(namespace: "default", name: name), uid: "uid-\(name)"))
    }

    private mutating func record(_ entry: EventEntry, at seconds: Int) -> EventLedger.Decision {
        ledger.record(entry, now: .seconds(seconds))
    }

    /// The first is written at once; of its repetitions one every five minutes, with their number.
    @Test mutating func repetitionsBecomeASeries() {
        let decisions = (0..<40).map { record(entry(), at: $0 * 20) }
        #expect(decisions[0] == .create)
        #expect(decisions[15] == .series(count: 16))
        #expect(decisions[30] == .series(count: 31))
        #expect(decisions.filter { $0 != .nothing }.count == 3)
    }

    /// Another note or another object is another event.
    @Test mutating func differencesCount() {
        let decisions = [entry(), entry("otherwise"), entry(on: "bus"), entry()].map { record($0, at: 0) }
        #expect(decisions == [.create, .create, .create, .nothing])
    }

    /// An event that the server has forgotten by now is written anew.
    @Test mutating func forgottenEventsBeginAnew() {
        _ = record(entry(), at: 0)
        let decision = record(entry(), at: 3600)
        #expect(decision == .create)
    }

    /// An object that has something new to say again and again gets 25 at once and then two a minute; others are not held back.
    @Test mutating func objectsHaveABudget() {
        let written = (0..<100).filter { record(entry("number \($0)"), at: 0) == .create }.count
        #expect(written == 25)
        let other = record(entry(on: "bus"), at: 0)
        #expect(other == .create)
        let later = (100..<200).filter { record(entry("number \($0)"), at: 60) == .create }.count
        #expect(later == 2)
    }

    /// However many different events there are, what is kept of them is bounded, and the latest are still recognised.
    @Test mutating func memoryIsBounded() {
        for number in 0..<20_000 { _ = record(entry("x", on: "object-\(number)"), at: number / 100) }
        let decision = record(entry("x", on: "object-19999"), at: 200)
        #expect(decision == .nothing)
    }

    /// Names are the same for the same event, legal, and not too long; notes are cut between characters.
    @Test func namesAndNotes() {
        let long = entry(String(repeating: "ä€", count: 900), on: String(repeating: "n", count: 253))
        #expect(long.event.note.utf8.count <= 1024)
        #expect(long.event.note.hasSuffix("…"))
        #expect(long.key.name.utf8.count <= 253)
        #expect(entry().name == entry().name)
        #expect(entry().name.hasPrefix("taxi."))
        #expect(entry("short").event.note == "short")
    }
}
