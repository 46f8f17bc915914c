/// Prometheus' classic alphabet: letters, digits, underscores. Names may hold colons too, but those belong to recording rules.
enum MetricName {
    /// Every other character becomes `_`.
    static func sanitized(_ text: String) -> String {
        let name =
            text.utf8.allSatisfy(isAllowed)
            ? text : String(decoding: text.utf8.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        let startsWithDigit = name.utf8.first.map { $0 < UInt8(ascii: "A") } ?? true
        return startsWithDigit ? "_" + name : name
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension MetricFamily {
    static func undeclared(_ name: String, _ kind: Kind, _ dimensions: [(String, String)]) -> MetricFamily {
        MetricFamily(name, kind, help: "", labels: dimensions.map { MetricName.sanitized($0.0) })
    }
}

extension MetricFamily.Kind {
    /// Boundaries aside.
    func isSame(as other: MetricFamily.Kind) -> Bool {
        switch (self, other) {
        case (.counter, .counter), (.gauge, .gauge), (.histogram, .histogram): true
        default: false
        }
    }
}
