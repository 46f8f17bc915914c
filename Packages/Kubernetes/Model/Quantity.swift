/// An amount such as `500m`, `1Gi` or `2e3`, kept as written.
///
/// `canonical` is the form the API server stores (apimachinery `resource.Quantity`): equal amounts in the same notation
/// family have equal canonical forms.
public struct Quantity: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    public var text: String

    public init(_ text: String) {
        self.text = text
    }

    public init(stringLiteral value: String) {
        text = value
    }

    public var description: String { text }

    /// The stored form; the text itself where it is no quantity.
    public var canonical: String { Parsed(text)?.canonical ?? text }

    public var isValid: Bool { Parsed(text) != nil }

    /// Compares amounts; nil where one is no quantity.
    public func isLess(than other: Quantity) -> Bool? {
        guard let left = Parsed(text), let right = Parsed(other.text) else { return nil }
        return left.nanos < right.nanos
    }

    private enum Notation { case decimal, binary, exponent }

    private struct Parsed {
        var nanos: Int128
        var notation: Notation

        init?(_ text: String) {
            var digits = Substring(text)
            var negative = false
            if let sign = digits.first, sign == "+" || sign == "-" {
                negative = sign == "-"
                digits.removeFirst()
            }
            let whole = digits.prefix { $0.isASCII && $0.isNumber }
            digits.removeFirst(whole.count)
            var fraction = Substring()
            if digits.first == "." {
                digits.removeFirst()
                fraction = digits.prefix { $0.isASCII && $0.isNumber }
                digits.removeFirst(fraction.count)
            }
            guard !(whole.isEmpty && fraction.isEmpty), whole.count <= 18, let scale = Self.scale(String(digits)) else {
                return nil
            }
            notation = scale.notation
            // mantissa × 10^-fraction.count × scale, in nanos, rounded away from zero as apimachinery does
            guard let mantissa = Int128("0" + whole + fraction.prefix(18)) else { return nil }
            var divisor: Int128 = 1
            for _ in fraction.prefix(18) { divisor *= 10 }
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: scale.nanos)
            guard !overflow else { return nil }
            let rounded = product / divisor + (product % divisor == 0 ? 0 : 1)
            nanos = negative ? -rounded : rounded
        }

        private static func scale(_ suffix: String) -> (nanos: Int128, notation: Notation)? {
            if let index = Quantity.decimalSuffixes.firstIndex(of: suffix) { return (power(10, 3 * index), .decimal) }
            if let index = Quantity.binarySuffixes.firstIndex(of: suffix) {
                return (power(10, 9) * power(1024, index + 1), .binary)
            }
            guard let first = suffix.first, first == "e" || first == "E", let exponent = Int(suffix.dropFirst()),
                (-9...18).contains(exponent)
            else { return nil }
            return (power(10, exponent + 9), .exponent)
        }

        static func power(_ base: Int128, _ exponent: Int) -> Int128 {
            var result: Int128 = 1
            for _ in 0..<exponent { result *= base }
            return result
        }

        var canonical: String {
            if nanos == 0 { return "0" }
            let one = Self.power(10, 9)
            if notation == .binary, nanos.magnitude >= UInt128(1024 * one), nanos % one == 0 {
                var value = nanos / one
                var index = 0
                while value % 1024 == 0, index < Quantity.binarySuffixes.count {
                    value /= 1024
                    index += 1
                }
                return index == 0 ? "\(value)" : "\(value)\(Quantity.binarySuffixes[index - 1])"
            }
            var value = nanos
            var index = 0
            while value % 1000 == 0, index < Quantity.decimalSuffixes.count - 1 {
                value /= 1000
                index += 1
            }
            if notation == .exponent {
                let exponent = 3 * index - 9
                return exponent == 0 ? "\(value)" : "\(value)e\(exponent)"
            }
            return "\(value)\(Quantity.decimalSuffixes[index])"
        }
    }

    private static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
    private static let binarySuffixes = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
}

extension Quantity: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            text = "\(number)"
        } else if let number = try? container.decode(Double.self) {
            text = "\(number)"
        } else {
            text = try container.decode(String.self)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
