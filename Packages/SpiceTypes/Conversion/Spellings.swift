import JSON

/// Values that the older version may say in several places.
///
/// A fresh manifest that says one twice means the first place. In an object that was read and changed, the place that was not shown
/// is the one that its user wrote: applying a manifest in one dialect to an object that is shown in the other one adds to
/// what is shown, and has to count.
extension ConversionUnit {
    /// `written` without what was only shown, where its user wrote the same in another place.
    /// - Parameter shown: what `shownPlaces` gave when the object was read.
    func settled(_ written: Members, shown: Set<[String]>) -> Members {
        var written = written
        for places in spellings {
            let present = places.filter { written.first(of: [$0]) != nil }
            guard present.count > 1 else { continue }
            // what says nothing of its places was shown in the canonical one
            let known = places.contains(where: shown.contains) ? places.filter(shown.contains) : Array(places.prefix(1))
            guard let added = present.first(where: { !known.contains($0) }) else { continue }
            for place in present where place != added { written.remove(at: place[...]) }
        }
        return written
    }

    /// The places of the values that are not, or not only, in their canonical place.
    func shownPlaces(in members: Members) -> [[String]] {
        spellings.flatMap { places in
            let present = places.filter { members.first(of: [$0]) != nil }
            return present == Array(places.prefix(1)) ? [] : present
        }
    }
}

extension Members {
    /// Takes the value away, and objects that it leaves empty.
    fileprivate mutating func remove(at path: ArraySlice<String>) {
        guard let key = path.first else { return }
        guard path.count > 1 else {
            self[key] = nil
            return
        }
        guard case .object(var inner)? = self[key], !inner.isEmpty else { return }
        inner.remove(at: path.dropFirst())
        self[key] = inner.isEmpty ? nil : .object(inner)
    }
}
