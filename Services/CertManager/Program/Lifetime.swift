import ArgumentParser

/// A duration as Go and Kubernetes write it: `2160h`, `30m`, `90s`, `1h30m`.
public struct Lifetime: Sendable, Hashable {
    public var duration: Duration

    public init(_ duration: Duration) {
        self.duration = duration
    }

    /// Below this a certificate would be renewed before anybody could have read it.
    static let shortest: Duration = .seconds(30)
    /// A hundred years: what lies far behind cannot be written down any more.
    static let longest: Duration = .seconds(876_000 * 3600)

    /// - Throws: `ValidationError` that names the flag and the remedy.
    public init(parsing text: String, flag: String) throws {
        guard let duration = Self.parse(text) else {
            throw ValidationError("\(flag): '\(text)' is no duration, write it like 2160h, 30m or 90s")
        }
        guard (Self.shortest...Self.longest).contains(duration) else {
            throw ValidationError("\(flag): '\(text)' is out of range, use 30s to 876000h")
        }
        self.duration = duration
    }

    private static func parse(_ text: String) -> Duration? {
        let units: [Character: Int64] = ["h": 3600, "m": 60, "s": 1]
        var (total, number) = (0 as Int64, nil as Int64?)
        for character in text {
            if let digit = character.wholeNumberValue, character.isASCII {
                let (shifted, overflow) = (number ?? 0).multipliedReportingOverflow(by: 10)
                guard !overflow, shifted < Int64.max / 2 else { return nil }
                number = shifted + Int64(digit)
            } else {
                guard let unit = units[character], let count = number else { return nil }
                let (part, overflow) = count.multipliedReportingOverflow(by: unit)
                guard !overflow, part < Int64.max / 4, total < Int64.max / 4 else { return nil }
                total += part
                number = nil
            }
        }
        return number == nil && !text.isEmpty ? .seconds(total) : nil
    }
}

/// A share of a lifetime.
public struct RenewalFraction: Sendable, Hashable {
    public var value: Double

    public init(_ value: Double) {
        self.value = value
    }

    /// - Throws: `ValidationError` with the remedy.
    public init(parsing text: String) throws {
        guard let value = Double(text), value.isFinite else {
            throw ValidationError("--renew-before-fraction: '\(text)' is no number, write it like 0.333")
        }
        // More would renew all the time; nothing would leave no time to renew in.
        guard (0.01...0.9).contains(value) else {
            throw ValidationError("--renew-before-fraction: \(text) is out of range, use 0.01 to 0.9")
        }
        self.value = value
    }
}
