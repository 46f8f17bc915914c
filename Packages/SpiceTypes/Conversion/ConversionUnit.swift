import JSON

typealias Members = [String: JSONValue]

/// Fields that are converted together: some members of the older version's spec or status, and the ones of the newer version that
/// mean the same.
///
/// `up` and `down` are pure and total. Neither has to be lossless, but what `up` gives must survive the way down and up again
/// (`up ∘ down ∘ up = up`): whether something remembered still stands for the live fields is judged by that.
struct ConversionUnit: Sendable {
    /// The key under which its lost forms are remembered: written into annotations, so it must not change.
    var name: String
    /// Its members in the older version. No member belongs to two units.
    var older: Set<String>
    /// Its members in the newer version.
    var newer: Set<String>
    /// From the older version to the newer.
    var up: @Sendable (Members) -> Members
    /// From the newer version to the canonical notation of the older.
    var down: @Sendable (Members) -> Members
    /// Places in the older version that mean the same, the canonical one first, where there is more than one.
    var spellings: [[[String]]] = []
    /// Lists of the newer version that are merged by element, and what identifies one.
    var identities: [String: @Sendable (JSONValue) -> String] = [:]

    /// Whether nothing becomes nothing; the image does not, because each version has a default of its own.
    var ignoresAbsence: Bool { up([:]).isEmpty && down([:]).isEmpty }
}
