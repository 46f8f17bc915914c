import JSON
import Testing
import YAML

/// For every value: parse(serialize(value)) == value, whatever strings and shapes it is made of.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func randomValues(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let value = Self.value(depth: 4, &generator)
            let text = YAML.serialize(value)
            #expect(try YAML.parse(text) == value, "\(value.text)\n\(text)")
        }
    }

    private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 5 : 8), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2:
            return .int(
                Int64(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
                    >> Int64.random(in: 0..<64, using: &generator))
        case 3:
            let value = Double(bitPattern: UInt64.random(in: .min ... .max, using: &generator))
            return value.isFinite ? .double(value) : .double(0.5)
        case 4: return .string(string(&generator))
        case 5: return .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth: depth - 1, &generator) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<4, using: &generator) {
                members[string(&generator)] = value(depth: depth - 1, &generator)
            }
            return .object(members)
        }
    }

    private static let pieces = [
        "a", "b", "0", "1", "-", ".", ":", " ", "  ", "#", "\n", "\n\n", "\t", "\r", "'", "\"", "\\", "[", "{", "}", "]", ",", "&",
        "*", "!", "|", ">", "%", "@", "?",
        "_", "e", "x", "true", "null", "---", "...", "é", "\u{301}", "日", "🙂", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{0}", "\u{7f}",
        "<<", "=", "~", "text",
    ]

    private static func string(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0..<7, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
}

/// SplitMix64: the same sequence for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
