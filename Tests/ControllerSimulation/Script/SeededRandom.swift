/// SplitMix64: the same seed gives the same run.
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter stream: numbers of one stream do not depend on how many another one gave.
    package init(seed: UInt64, stream: UInt64 = 0) {
        // Mixed first: the streams of neighbouring seeds would be one stream, shifted.
        state = seed
        state = next() ^ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    package mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
