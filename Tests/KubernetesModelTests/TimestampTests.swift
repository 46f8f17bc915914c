import KubernetesModel
import Testing

/// Times are read and written as RFC 3339, with any offset, back to the same instant.
@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0), ("2026-11-21T06:54:33Z", 1_795_244_073, 0), ("2000-02-29T23:59:59+01:00", 951_865_199, 0),
        ("1969-12-31T23:59:59Z", -1, 0), ("2026-11-21T06:54:33.123456Z", 1_795_244_073, 123_456_000),
        ("2026-11-21T06:54:33.1234567899Z", 1_795_244_073, 123_456_789),
    ])
    func reads(text: String, seconds: Int64, nanoseconds: Int32) {
        #expect(Timestamp(text) == Timestamp(unixSeconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(arguments: ["", "2026", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00Zx"])
    func refuses(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func writesWhatItReads() {
        for seconds in stride(from: Int64(-5_000_000_000), through: 5_000_000_000, by: 86_399_977) {
            let instant = Timestamp(unixSeconds: seconds)
            #expect(Timestamp(instant.text) == instant)
        }
        #expect(Timestamp(unixSeconds: 0, nanoseconds: 1_000).microText == "1970-01-01T00:00:00.000001Z")
    }

    @Test func arithmetic() {
        let instant = Timestamp(unixSeconds: 10, nanoseconds: 900_000_000)
        #expect(instant + .milliseconds(200) == Timestamp(unixSeconds: 11, nanoseconds: 100_000_000))
        #expect(instant + .seconds(-11) == Timestamp(unixSeconds: -1, nanoseconds: 900_000_000))
        #expect((instant + .seconds(5)) - instant == .seconds(5))
    }
}
