/// A short identity of a piece of JSON: two values with the same digest are the same for every purpose here.
public struct Digest: Sendable, Hashable {
    var high: UInt64
    var low: UInt64

    /// FNV-1a with two primes: stable across runs and machines, and not meant to resist an attacker.
    init(_ bytes: some Sequence<UInt8>) {
        var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F)
        for byte in bytes {
            high = (high ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            low = (low ^ UInt64(byte)) &* 0x9E37_79B1_85EB_CA87
        }
        self.high = high
        self.low = low ^ (low >> 29)
    }
}
