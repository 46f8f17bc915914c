import SpiceTypes
import Testing

/// Durations as the runtime writes them, in whole seconds rounded up; anything else is nil.
@Suite struct RuntimeDurationTests {
    @Test(
        arguments: [
            ("30s", 30), ("1m30s", 90), ("2h", 7200), ("500ms", 1), ("1s1ms", 2), ("0s", 0), ("999999999s", 999_999_999),
            ("", nil), ("s", nil), ("30", nil), ("1d", nil), ("-1s", nil), ("1.5s", nil), (" 1s", nil), ("1s ", nil),
            ("9999999999s", nil), ("½s", nil), ("٣s", nil),
        ] as [(String, Int64?)])
    func seconds(text: String, expected: Int64?) {
        #expect(RuntimeDuration.seconds(text) == expected)
    }

    /// As long as a Spicepod may be, it is no sum that overflows.
    @Test func endless() {
        #expect(RuntimeDuration.seconds(String(repeating: "999999999h", count: 10_000)) == nil)
    }
}
