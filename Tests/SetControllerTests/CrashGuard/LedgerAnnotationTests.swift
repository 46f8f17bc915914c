import KubernetesModel
import Testing

@testable import SetController

/// A ledger survives in its annotation as it is; what is no ledger is an empty one.
@Suite struct LedgerAnnotationTests {
    @Test func roundTrip() {
        var ledger = CrashLedger().advanced(
            by: [Pods.failing("a", message: "\u{1}\"ü\""), Pods.dead("b")], failures: ["a": ["e": 7]], now: Pods.start)
        #expect(CrashLedger(annotation: ledger.annotation) == ledger)
        ledger.score = 2.75
        #expect(CrashLedger(annotation: ledger.annotation) == ledger)
    }

    @Test func nothingIsNoAnnotation() {
        #expect(CrashLedger().annotation == nil)
    }

    @Test(
        arguments: [
            nil, "", "no", "[]", "{}", #"{"score":-1}"#, #"{"score":"many"}"#, #"{"score":null,"pods":{"a":{"dead":true}}}"#,
        ] as [String?])
    func garbageIsEmpty(text: String?) {
        #expect(CrashLedger(annotation: text).isEmpty)
    }

    /// Numbers of any size and members of any kind are borne.
    @Test(arguments: [
        #"{"score":1e300,"changedAt":7,"pods":[],"last":{}}"#,
        #"{"score":3,"changedAt":"yesterday","pods":{"a":{"events":{"e":9223372036854775807,"f":"x"}},"b":1},"last":3}"#,
    ])
    func strangeIsBorne(text: String) {
        let ledger = CrashLedger(annotation: text)
        #expect(ledger.score >= 3)
        let next = ledger.advanced(by: [Pods.failing("a")], failures: ["a": ["e": .max, "f": .max]], now: Pods.start)
        #expect(next.score >= ledger.score)
        #expect(next.annotation != nil)
    }
}
