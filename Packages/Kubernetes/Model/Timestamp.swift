/// An instant as Kubernetes writes it: RFC 3339 in UTC. `metav1.Time` has seconds, `metav1.MicroTime` microseconds.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var unixSeconds: Int64
    public var nanoseconds: Int32

    public init(unixSeconds: Int64, nanoseconds: Int32 = 0) {
        self.unixSeconds = unixSeconds
        self.nanoseconds = nanoseconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.unixSeconds, left.nanoseconds) < (right.unixSeconds, right.nanoseconds)
    }

    public static func + (instant: Timestamp, duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int64(instant.nanoseconds) + attoseconds / 1_000_000_000
        let carry = nanoseconds >= 1_000_000_000 ? 1 : nanoseconds < 0 ? -1 : 0 as Int64
        return Timestamp(
            unixSeconds: instant.unixSeconds + seconds + carry, nanoseconds: Int32(nanoseconds - carry * 1_000_000_000))
    }

    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .seconds(later.unixSeconds - earlier.unixSeconds) + .nanoseconds(Int64(later.nanoseconds) - Int64(earlier.nanoseconds))
    }

    /// Without the fraction, as `metav1.Time` keeps it.
    public var wholeSeconds: Timestamp { Timestamp(unixSeconds: unixSeconds) }

    /// The first whole second that is not before it: a wait written down with it is never cut short.
    public var nextWholeSecond: Timestamp { nanoseconds > 0 ? Timestamp(unixSeconds: unixSeconds + 1) : self }

    /// `2026-11-21T06:54:33Z`
    public var text: String { civil + "Z" }

    /// `2026-11-21T06:54:33.123456Z`
    public var microText: String {
        let micros = String(nanoseconds / 1000)
        return civil + "." + String(repeating: "0", count: 6 - micros.count) + micros + "Z"
    }

    public var description: String { text }

    private var civil: String {
        let days = Int64((Double(unixSeconds) / 86400).rounded(.down))
        let (year, month, day) = Self.civilDate(days: days)
        let second = unixSeconds - days * 86400
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let digits = String(year)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "\(padded)-\(two(month))-\(two(day))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }

    /// Reads RFC 3339 with any offset; nil for anything else.
    public init?(_ text: String) {
        var fields = Fields(text: Array(text.utf8))
        guard let year = fields.number(4), fields.skip("-"), let month = fields.number(2), fields.skip("-"),
            let day = fields.number(2),
            fields.skip("T") || fields.skip("t") || fields.skip(" "),
            let hour = fields.number(2), fields.skip(":"), let minute = fields.number(2), fields.skip(":"),
            let second = fields.number(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let nanoseconds = fields.fraction()
        guard let offset = fields.offset(), fields.isAtEnd else { return nil }
        unixSeconds = Self.days(year: year, month: month, day: day) * 86400 + hour * 3600 + minute * 60 + second - offset
        self.nanoseconds = nanoseconds
    }

    // Howard Hinnant's civil calendar algorithms: https://howardhinnant.github.io/date_algorithms.html
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    private static func civilDate(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719468
        let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    }

    private struct Fields {
        let text: [UInt8]
        var position = 0
        var isAtEnd: Bool { position == text.count }

        init(text: [UInt8]) {
            self.text = text
        }

        mutating func digit() -> Int64? {
            guard position < text.count, text[position] >= 48, text[position] <= 57 else { return nil }
            defer { position += 1 }
            return Int64(text[position] - 48)
        }

        mutating func number(_ digits: Int) -> Int64? {
            var value: Int64 = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        mutating func skip(_ character: Character) -> Bool {
            guard position < text.count, text[position] == character.asciiValue else { return false }
            position += 1
            return true
        }

        mutating func fraction() -> Int32 {
            guard skip(".") else { return 0 }
            var value: Int64 = 0
            var scale: Int64 = 1_000_000_000
            while let digit = digit() {
                guard scale > 1 else { continue }
                scale /= 10
                value += digit * scale
            }
            return Int32(value)
        }

        mutating func offset() -> Int64? {
            if skip("Z") || skip("z") { return 0 }
            let sign: Int64
            if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
            guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Timestamp(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected an RFC 3339 time")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
