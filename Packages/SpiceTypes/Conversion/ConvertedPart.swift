import JSON

/// An object within the object, such as `spec`, as the units that it is made of. Members of no unit are the same in both versions.
struct ConvertedPart: Sendable {
    /// Where it is in the older version. An earlier part of the kind has moved it where the paths differ.
    var olderPath: [String]
    var newerPath: [String]
    /// Tells equal units of different parts from each other; empty where a unit is in one part only.
    var scope: String
    var units: [ConversionUnit]
    /// Which unit a member of the older version belongs to.
    var olderUnits: [String: Int] = [:]
    var newerUnits: [String: Int] = [:]
    /// Units that absent members say nothing to.
    private var ignoringAbsence: [Bool]
    private var defaults: SchemaDefaults

    /// - Parameter schema: the newer version's, for its defaults.
    init(_ name: String, _ units: [ConversionUnit], schema: JSONValue?) {
        self.init(olderPath: [name], newerPath: [name], scope: "", units, foreign: "\(name)Foreign", schema: schema)
    }

    /// A part of `spec` that several of the same units make.
    init(older: String, newer: String, _ units: [ConversionUnit], schema: JSONValue?) {
        self.init(
            olderPath: ["spec", older], newerPath: ["spec", newer], scope: newer, units, foreign: "foreign",
            schema: schema?["properties"]?[newer])
    }

    private init(
        olderPath: [String], newerPath: [String], scope: String, _ units: [ConversionUnit], foreign: String, schema: JSONValue?
    ) {
        self.olderPath = olderPath
        self.newerPath = newerPath
        self.scope = scope
        self.units = (units + [Self.foreign(to: units, name: foreign)]).map { unit in
            var unit = unit
            if !scope.isEmpty { unit.name = "\(scope).\(unit.name)" }
            return unit
        }
        ignoringAbsence = self.units.map(\.ignoresAbsence)
        defaults = SchemaDefaults(schema: schema)
        for (index, unit) in self.units.enumerated() {
            for key in unit.older { olderUnits[key] = index }
            for key in unit.newer { newerUnits[key] = index }
        }
    }

    /// Members whose names mean something in the other version only: here they are unknown, and kept from being taken for it.
    private static func foreign(to units: [ConversionUnit], name: String) -> ConversionUnit {
        let older = units.reduce(into: Set<String>()) { $0.formUnion($1.older) }
        let newer = units.reduce(into: Set<String>()) { $0.formUnion($1.newer) }
        return ConversionUnit(
            name: name, older: newer.subtracting(older), newer: older.subtracting(newer), up: { _ in [:] }, down: { _ in [:] })
    }

    /// Places in the older version as they are remembered.
    func scoped(_ place: [String]) -> [String] { scope.isEmpty ? place : [scope] + place }

    /// Those of the remembered places that are in this part.
    func shown(_ memory: ConversionMemory) -> Set<[String]>? {
        guard !scope.isEmpty else { return memory.shown }
        return memory.shown.map { places in Set(places.filter { $0.first == scope }.map { Array($0.dropFirst()) }) }
    }

    /// The members of each unit, and those of none.
    func split(_ fields: Members, by owners: [String: Int]) -> (units: [Members], rest: Members) {
        var split = (units: [Members](repeating: [:], count: units.count), rest: Members())
        for (key, value) in fields {
            if let unit = owners[key] { split.units[unit][key] = value } else { split.rest[key] = value }
        }
        return split
    }

    /// Whether the unit says nothing, having no members and nothing to remember.
    func isSilent(_ unit: Int, _ members: Members, _ memory: ConversionMemory) -> Bool {
        members.isEmpty && ignoringAbsence[unit] && memory.units[units[unit].name] == nil
    }

    /// Whether two forms of a unit mean the same in the newer version: the API server fills defaults into what is stored, so
    /// what is absent and what is written as its default are equal.
    func same(_ left: Members, _ right: Members, in unit: ConversionUnit) -> Bool {
        left == right || defaults.filled(left, unit.newer) == defaults.filled(right, unit.newer)
    }

    /// What the live fields (`raised`) and the remembered form make together. Unchanged live fields give the remembered form;
    /// changed ones are merged into it, with what the remembered form looks like in the older version as their common base.
    func reconciled(_ raised: Members, with kept: Members, in unit: ConversionUnit) -> Members {
        let base = unit.up(unit.down(kept))
        if same(base, raised, in: unit) { return kept }
        let merged = ThreeWayMerge(identities: unit.identities).merge(base: base, theirs: raised, mine: kept)
        // live fields win, also where the merge could not say so
        return same(unit.up(unit.down(merged)), raised, in: unit) ? merged : raised
    }
}
