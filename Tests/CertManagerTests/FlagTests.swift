import ArgumentParser
import Testing

@testable import CertManagerProgram

/// Lifetimes are taken as people write them, and what is none is told with its flag.
@Suite struct FlagTests {
    @Test(arguments: [("2160h", 7_776_000), ("90s", 90), ("24h", 86400), ("30m", 1800), ("1h30m", 5400), ("1h0m30s", 3630)])
    func durations(text: String, seconds: Int64) throws {
        #expect(try Lifetime(parsing: text, flag: "--leaf-lifetime").duration == .seconds(seconds))
    }

    @Test(arguments: ["", "h", "10", "-1h", "1.5h", "1d", "10s", "99999999999999999999h", "9999999h", "1h 30m", "h1"])
    func noDurations(text: String) {
        let error = #expect(throws: ValidationError.self) { try Lifetime(parsing: text, flag: "--leaf-lifetime") }
        #expect("\(error.map { "\($0)" } ?? "")".contains("--leaf-lifetime"))
    }

    @Test func fractions() throws {
        #expect(try RenewalFraction(parsing: "0.25").value == 0.25)
        for text in ["", "0", "1", "-0.5", "nan", "x", "inf"] {
            let error = #expect(throws: ValidationError.self) { try RenewalFraction(parsing: text) }
            #expect("\(error.map { "\($0)" } ?? "")".contains("--renew-before-fraction"))
        }
    }

    @Test func defaults() throws {
        let options = try CertificateOptions.parse([])
        #expect(options.authority.duration == .seconds(87600 * 3600) && options.leaf.duration == .seconds(2160 * 3600))
        let given = try CertificateOptions.parse(["--ca-lifetime", "1h", "--ca-lifetime", "2h", "--leaf-lifetime=90s"])
        #expect(given.authority.duration == .seconds(7200) && given.leaf.duration == .seconds(90))
    }
}
