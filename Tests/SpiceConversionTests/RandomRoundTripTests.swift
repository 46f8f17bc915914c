import ConversionRoundTrips
import Testing

/// Whatever a set holds comes back from the other version, valid or broken, and edits in any order count and lose nothing else.
/// `make soak-conversion` goes on for a million.
@Suite struct RandomRoundTripTests {
    @Test(arguments: 0..<8 as Range<UInt64>) func nothingIsLost(block: UInt64) {
        for seed in block * 700..<(block + 1) * 700 {
            guard let violation = RoundTrip.check(seed: seed) else { continue }
            Issue.record("seed \(seed): \(violation)")
            return
        }
    }
}
