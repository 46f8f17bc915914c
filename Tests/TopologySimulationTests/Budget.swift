import Glibc

/// How many seeds the tests play: `SPICE_TOPOLOGY_SEEDS`, for a machine with more or less time.
enum Budget {
    static let seeds: UInt64 = getenv("SPICE_TOPOLOGY_SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 300
}
