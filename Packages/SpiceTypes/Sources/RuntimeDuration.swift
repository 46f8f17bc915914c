/// Durations as spiced writes them: `30s`, `1m30s`, `500ms`.
public enum RuntimeDuration {
    /// Whole seconds, rounded up; nil for anything else.
    public static func seconds(_ text: String) -> Int64? {
        var rest = Substring(text)
        var milliseconds: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard digits.count <= 9, let amount = Int64(digits), let scale = Self.milliseconds[String(unit)] else { return nil }
            let (sum, overflow) = milliseconds.addingReportingOverflow(amount * scale)
            guard !overflow else { return nil }
            milliseconds = sum
        }
        return milliseconds / 1000 + (milliseconds % 1000 == 0 ? 0 : 1)
    }

    private static let milliseconds: [String: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
}
