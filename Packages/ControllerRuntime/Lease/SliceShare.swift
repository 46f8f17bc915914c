/// How many slices a replica is to hold, given who else is alive: the slices divided by the members, and one more for the
/// first ones in order of their names where that does not come out even.
enum SliceShare {
    static func of(_ identity: String, members: Set<String>, slices: Int) -> Int {
        let everyone = members.union([identity]).sorted()
        let rank = everyone.firstIndex(of: identity) ?? 0
        return slices / everyone.count + (rank < slices % everyone.count ? 1 : 0)
    }
}
