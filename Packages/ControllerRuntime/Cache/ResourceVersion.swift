/// Resource versions of one resource grow, and may be compared as numbers since Kubernetes 1.35 (KEP-5504).
enum ResourceVersion {
    /// False also where one is no number: then nothing is known, and the later arrival counts.
    static func isOlder(_ left: String, than right: String) -> Bool {
        guard let left = UInt64(left), let right = UInt64(right) else { return false }
        return left < right
    }
}
