import Glibc

/// How many seeds the tests play: `SPICE_ROLLOUT_SEEDS`, for a machine with more or less time.
enum Budget {
    static let seeds: UInt64 = getenv("SPICE_ROLLOUT_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 2000
}
