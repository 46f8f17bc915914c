import JSON

/// Brings two changed forms of one tree together, given the form that both come from. Where both changed the same, theirs wins.
///
/// Objects are merged by key. Lists are atomic, except those with an identity for their elements.
struct ThreeWayMerge {
    var identities: [String: @Sendable (JSONValue) -> String] = [:]

    func merge(base: Members, theirs: Members, mine: Members) -> Members {
        var result: Members = [:]
        for key in Set(theirs.keys).union(mine.keys) {
            result[key] =
                if let identity = identities[key] {
                    merge(base: base[key], theirs: theirs[key], mine: mine[key], by: identity)
                } else {
                    merge(base: base[key], theirs: theirs[key], mine: mine[key])
                }
        }
        return result
    }

    private func merge(base: JSONValue?, theirs: JSONValue?, mine: JSONValue?) -> JSONValue? {
        if theirs == base { return mine }
        if mine == base { return theirs }
        guard case .object(let changed)? = theirs, base == nil || base?.objectValue != nil, mine == nil || mine?.objectValue != nil
        else { return theirs }
        let merged = merge(base: base?.objectValue ?? [:], theirs: changed, mine: mine?.objectValue ?? [:])
        return merged.isEmpty && mine == nil ? nil : .object(merged)
    }

    /// In my order, then what is new of theirs.
    private func merge(base: JSONValue?, theirs: JSONValue?, mine: JSONValue?, by identity: (JSONValue) -> String) -> JSONValue? {
        guard let base = Elements(base, identity), let theirElements = Elements(theirs, identity),
            let myElements = Elements(mine, identity)
        else { return merge(base: base, theirs: theirs, mine: mine) }
        let names = myElements.names + theirElements.names.filter { myElements.byName[$0] == nil }
        let merged = names.compactMap { name in
            merge(base: base.byName[name], theirs: theirElements.byName[name], mine: myElements.byName[name])
        }
        return merged.isEmpty && theirs == nil ? nil : .array(merged)
    }

    /// A list by the identities of its elements; the same one again is another element.
    private struct Elements {
        struct Name: Hashable {
            var identity: String
            var occurrence: Int
        }

        var names: [Name] = []
        var byName: [Name: JSONValue] = [:]

        /// Absent is empty; nil for what is no list.
        init?(_ list: JSONValue?, _ identity: (JSONValue) -> String) {
            guard let elements = list.map(\.arrayValue) ?? [] else { return nil }
            var seen: [String: Int] = [:]
            for element in elements {
                let identity = identity(element)
                let name = Name(identity: identity, occurrence: seen[identity, default: 0])
                seen[identity, default: 0] += 1
                names.append(name)
                byName[name] = element
            }
        }
    }
}
