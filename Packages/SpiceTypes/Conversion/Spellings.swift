import JSON

/// Values that the older version may say in several places.
///
/// A fresh manifest that says one twice means the first place. In an object that was read and changed, the place that was not shown
/// is the one that its user wrote: applying a manifest in one dialect to an object that is shown in the other one adds to
/// what is shown, and has to count.
extension ConversionUnit {
    /// `written` without the places that were only shown.
    /// - Parameter shown: the places other than the canonical ones that had values when the object was read.
    func settled(_ written: Members, shown: Set<[String]>) -> Members {
        var written = written
        for places in spellings {
            let others = places.dropFirst().filter { !shown.contains($0) && written.first(of: [$0]) != nil }
            guard let wanted = others.first else { continue }
            for place in places where place != wanted { written.remove(at: place[...]) }
        }
        return written
    }

    /// The places in `members`, other than the canonical ones, that have values.
    func otherPlaces(in members: Members) -> [[String]] {
        spellings.flatMap { $0.dropFirst() }.filter { members.first(of: [$0]) != nil }
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
