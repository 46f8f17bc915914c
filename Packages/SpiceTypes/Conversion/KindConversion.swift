import JSON

/// How the objects of one kind are converted between an older version and the one that is stored.
///
/// Every unit is converted on its own. Where the way back would not lead to the same fields, those are remembered on the converted
/// object; where an object remembers, that counts as long as it agrees with the fields that are there.
struct KindConversion: Sendable {
    var kind: String
    /// The apiVersion of the older version.
    var older: String
    /// The apiVersion of the newer version, which is the stored one.
    var newer: String
    var parts: [ConvertedPart]

    private var olderName: String { Self.version(older) }
    private var newerName: String { Self.version(newer) }

    private static func version(_ apiVersion: String) -> String {
        String(apiVersion.split(separator: "/").last ?? "")
    }

    /// From the older version to the newer.
    func raised(_ object: JSONValue) -> JSONValue {
        let memory = ConversionMemory(of: object, for: newerName)
        var remembered: [String: Members] = [:]
        var object = object
        for part in parts {
            object.change(at: part.newerPath[...]) { fields in
                let (members, rest) = part.split(fields, by: part.olderUnits)
                var result = rest
                let shown = part.shown(memory)
                for (index, unit) in part.units.enumerated() where !part.isSilent(index, members[index], memory) {
                    let written = shown.map { unit.settled(members[index], shown: $0) } ?? members[index]
                    var raised = unit.up(written)
                    if let kept = memory.units[unit.name] { raised = part.reconciled(raised, with: kept, in: unit) }
                    if unit.down(raised) != written { remembered[unit.name] = written }
                    result.merge(raised) { _, new in new }
                }
                return result
            }
        }
        object["apiVersion"] = .string(newer)
        ConversionMemory(units: remembered, isNoted: memory.isNoted).write(to: &object, for: olderName)
        return object
    }

    /// From the newer version to the older.
    func lowered(_ object: JSONValue) -> JSONValue {
        let memory = ConversionMemory(of: object, for: olderName)
        var remembered: [String: Members] = [:]
        var shown: Set<[String]> = []
        var object = object
        for part in parts {
            object.change(at: part.olderPath[...]) { fields in
                let (members, rest) = part.split(fields, by: part.newerUnits)
                var result = rest
                for (index, unit) in part.units.enumerated() where !part.isSilent(index, members[index], memory) {
                    let stored = members[index]
                    var lowered = unit.down(stored)
                    var means = unit.up(lowered)
                    if let kept = memory.units[unit.name] {
                        let keptMeans = unit.up(kept)
                        if part.same(keptMeans, means, in: unit) { (lowered, means) = (kept, keptMeans) }
                    }
                    if !part.same(means, stored, in: unit) { remembered[unit.name] = stored }
                    shown.formUnion(unit.shownPlaces(in: lowered).map(part.scoped))
                    result.merge(lowered) { _, new in new }
                }
                return result
            }
        }
        object["apiVersion"] = .string(older)
        ConversionMemory(units: remembered, shown: shown, isNoted: !memory.units.isEmpty).write(to: &object, for: newerName)
        return object
    }
}

extension JSONValue {
    /// Changes the object at the path, where there is one.
    fileprivate mutating func change(at path: ArraySlice<String>, _ change: (Members) -> Members) {
        guard case .object(var members) = self else { return }
        guard let key = path.first else {
            self = .object(change(members))
            return
        }
        guard var inner = members[key] else { return }
        inner.change(at: path.dropFirst(), change)
        members[key] = inner
        self = .object(members)
    }
}
