import JSON

/// SplitMix64: the same seed gives the same tree.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func tree(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
        case 0: .null
        case 1: .bool(Bool.random(using: &self))
        case 2: .int(Int64(truncatingIfNeeded: next()))
        case 3: .int(Int64.random(in: -9...9, using: &self))
        case 4: .double(Double.random(in: -1e6...1e6, using: &self))
        case 5: .string(text())
        case 6: .array((0..<Int.random(in: 0...4, using: &self)).map { _ in tree(depth: depth - 1) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...4, using: &self)).map { _ in (text(), tree(depth: depth - 1)) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    mutating func text() -> String {
        let alphabet = Array("ab\"\\/\n\t\u{8}\u{c}\u{1f}é漢🚀 :{}[],0").map(String.init)
        return (0..<Int.random(in: 0...8, using: &self)).map { _ in alphabet.randomElement(using: &self) ?? "" }.joined()
    }
}
