import JSON
import SpiceConversion
import SpiceTypes

/// A law that the conversion broke.
public struct Violation: Sendable, CustomStringConvertible {
    public var law: String
    public var detail: String

    public var description: String { "\(law): \(detail)" }
}

/// The laws of the conversion. Each plays one seed and gives the first thing that is wrong.
public enum RoundTrip {
    /// All laws for one seed: of each kind four round trips and a history of edits.
    public static func check(seed: UInt64) -> Violation? {
        var random = SeededRandom(seed: seed)
        for kind in ConvertedKind.allCases {
            let violation =
                thereAndBack(random.object(kind.older), kind.older) ?? thereAndBack(random.object(kind.stored), kind.stored)
                ?? broken(&random, kind) ?? EditHistory.check(&random, kind)
            if let violation { return violation }
        }
        return nil
    }

    /// Round trips that `check` makes for a seed, not counting those inside a history.
    public static let perSeed = 4 * UInt64(ConvertedKind.allCases.count)

    /// A valid object becomes a valid one and comes back: what was written in v1 to the letter, v2 up to its defaults. The API server
    /// filling defaults into what it stores changes nothing of what was written.
    static func thereAndBack(_ set: JSONValue, _ version: KindVersion) -> Violation? {
        guard let there = converted(set, to: version.other), let back = converted(there, to: version) else {
            return Violation(law: "every object converts", detail: set.text)
        }
        // a v1 Spicepod that is no mapping stays a string, which the schema of v2 refuses and the conversion must not
        let problems = valid(there, version.other).filter { !$0.contains(".spicepod") }
        if !problems.isEmpty { return Violation(law: "a valid object becomes a valid one", detail: "\(problems) from \(set.text)") }
        guard !version.isStored else {
            return equal(filled(back, version), filled(set, version)) ? nil : difference("v2 comes back", set, there, back)
        }
        guard equal(back, set) else { return difference("\(version.name) comes back to the letter", set, there, back) }
        guard converted(back, to: version.other) == there else { return difference("reading changes nothing", set, there, back) }
        guard let stored = converted(filled(there, version.other), to: version) else { return nil }
        return Self.keeps(stored["spec"], set["spec"])
            ? nil : difference("defaults change nothing in \(version.name)", set, there, stored)
    }

    /// Objects that no API server would let through convert all the same, and come back.
    private static func broken(_ random: inout SeededRandom, _ kind: ConvertedKind) -> Violation? {
        for version in [kind.older, kind.stored] {
            let whole = random.object(version)
            var set = random.mutated(whole)
            guard let odd = converted(set, to: version.other), converted(odd, to: version) != nil else {
                return Violation(law: "every object converts", detail: set.text)
            }
            // what is lost on the way is remembered in an annotation
            set["metadata"] = whole["metadata"]
            guard let there = converted(set, to: version.other), let back = converted(there, to: version) else {
                return Violation(law: "every object converts", detail: set.text)
            }
            let same = version.isStored ? equal(filled(back, version), filled(set, version)) : equal(back, set)
            if !same { return difference("\(version.name) comes back, broken as it is", set, there, back) }
        }
        return nil
    }

    static func converted(_ set: JSONValue, to version: KindVersion) -> JSONValue? {
        try? SpiceConversion.convert(set, to: version.apiVersion)
    }

    private static func valid(_ set: JSONValue, _ version: KindVersion) -> [String] {
        version.spec.problems(set["spec"] ?? [:], ".spec") + version.status.problems(set["status"] ?? [:], ".status")
    }

    /// An object as the API server stores it.
    static func filled(_ set: JSONValue, _ version: KindVersion) -> JSONValue {
        var set = set
        set["spec"] = set["spec"].map(version.spec.filled)
        return set
    }

    static func withoutMemory(_ set: JSONValue) -> JSONValue {
        var set = set
        if var annotations = set[path: "metadata", "annotations"]?.objectValue {
            annotations[AnnotationKey.conversion] = nil
            set[path: "metadata", "annotations"] = annotations.isEmpty ? nil : .object(annotations)
        }
        if set["metadata"] == [:] { set["metadata"] = nil }
        return set
    }

    static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        left == right || withoutMemory(left) == withoutMemory(right)
    }

    /// Whether `whole` has every member of `part`; a null in `part` may have become a default.
    private static func keeps(_ whole: JSONValue?, _ part: JSONValue?) -> Bool {
        guard case .object(let members)? = part, case .object(let all)? = whole else {
            return whole == part || part == nil || part == .null
        }
        return members.allSatisfy { keeps(all[$0.key], $0.value) }
    }

    private static func difference(_ law: String, _ set: JSONValue, _ there: JSONValue, _ back: JSONValue) -> Violation {
        Violation(law: law, detail: "\n     \(set.text)\n  →  \(there.text)\n  →  \(back.text)")
    }
}
