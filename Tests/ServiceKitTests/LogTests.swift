import JSON
import Logging
import Synchronization
import Telemetry
import Testing

/// Every event is one line: valid JSON or readable text, whatever its fields hold.
@Suite struct LogTests {
    private final class Lines: Sendable {
        private let stored = Mutex<[String]>([])
        var all: [String] { stored.withLock { $0 } }
        var output: LogOutput {
            LogOutput { line in self.stored.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        }
    }

    private func logger(_ format: LogFormat, _ level: LogLevel = LogLevel(.info), _ lines: Lines) -> Logger {
        Logger(label: "set-controller") { label in
            StructuredLogHandler(label: label, format: format, level: level, output: lines.output) {
                LogTime(unixSeconds: 1_772_323_199, milliseconds: 7)
            }
        }
    }

    @Test func jsonLineGolden() {
        let lines = Lines()
        var logger = logger(.json, lines: lines)
        logger[metadataKey: "namespace"] = "default"
        logger[metadataKey: "name"] = "hidden by the event"
        logger.info(
            "Reconciled",
            metadata: ["name": "web", "attempt": .stringConvertible(3), "dirty": .stringConvertible(true), "level": "x"])
        #expect(
            lines.all == [
                #"{"time":"2026-02-28T23:59:59.007Z","level":"info","logger":"set-controller","message":"Reconciled","attempt":3,"dirty":true,"level_":"x","name":"web","namespace":"default"}"#
                    + "\n"
            ])
    }

    @Test func jsonEscapesEverything() throws {
        let lines = Lines()
        let nasty = "q\" b\\ n\n t\t r\r nul\u{0} esc\u{1b} del\u{7f} é 🙂"
        logger(.json, lines: lines).warning(
            "\(nasty)",
            metadata: [
                "list": ["a", .string(nasty)], "map": ["k\n": .stringConvertible(1.5), "nan": .stringConvertible(Double.nan)],
            ])
        let line = try #require(lines.all.first)
        #expect(line.filter { $0 == "\n" }.count == 1 && line.hasSuffix("\n"))
        let value = try JSONValue(parsing: String(line.dropLast()))
        #expect(value["message"] == .string(nasty))
        #expect(value["list"] == ["a", .string(nasty)])
        #expect(value["map"] == ["k\n": 1.5, "nan": "nan"])
    }

    @Test func textLineGolden() {
        let lines = Lines()
        logger(.text, lines: lines).error(
            "Cannot\nstart", metadata: ["b": "two words", "a": "x=y", "c": "plain", "d": ["k": "v"], "e": ""])
        #expect(
            lines.all == [
                #"2026-02-28T23:59:59.007Z error    set-controller: Cannot\nstart a="x=y" b="two words" c=plain d={"k":"v"} e="""#
                    + "\n"
            ])
    }

    @Test func levelIsSharedAndAdjustable() {
        let lines = Lines()
        let level = LogLevel(.info)
        let first = logger(.text, level, lines)
        var second = logger(.text, level, lines)
        first.debug("no")
        level.current = .debug
        first.debug("yes")
        second.debug("yes")
        second.logLevel = .error
        second.warning("no")
        first.debug("still")
        #expect(lines.all.count == 3)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_400, "2000-02-29T00:00:00.000Z"), (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.000Z"), (253_402_300_799, "9999-12-31T23:59:59.000Z"),
    ])
    func civilDates(seconds: Int64, expected: String) throws {
        let lines = Lines()
        let logger = Logger(label: "x") { label in
            StructuredLogHandler(label: label, format: .text, level: LogLevel(.info), output: lines.output) {
                LogTime(unixSeconds: seconds, milliseconds: 0)
            }
        }
        logger.info("m")
        #expect(try #require(lines.all.first).hasPrefix(expected + " "))
    }

    private func logger(_ format: LogFormat, lines: Lines) -> Logger { logger(format, LogLevel(.info), lines) }
}
