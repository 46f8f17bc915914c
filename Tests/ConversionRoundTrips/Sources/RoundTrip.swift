public import JSON
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
    /// All laws for one seed: four round trips and a history of edits.
    public static func check(seed: UInt64) -> Violation? {
        var random = SeededRandom(seed: seed)
        return thereAndBack(random.set(.v1)) ?? thereAndBack(random.set(.v2)) ?? broken(&random) ?? EditHistory.check(&random)
    }

    /// Round trips that `check` makes for a seed, not counting those inside a history.
    public static let perSeed: UInt64 = 4

    /// A valid object becomes a valid one and comes back: what was written in v1 to the letter, v2 up to its defaults. The API server
    /// filling defaults into what it stores changes nothing of what was written.
    public static func thereAndBack(_ set: JSONValue) -> Violation? {
        let version: SetVersion = set["apiVersion"] == "spice.ai/v1" ? .v1 : .v2
        guard let there = converted(set, to: version.other), let back = converted(there, to: version) else {
            return Violation(law: "every object converts", detail: set.text)
        }
        // a v1 Spicepod that is no mapping stays a string, which the schema of v2 refuses and the conversion must not
        let problems = valid(there, version.other).filter { !$0.hasPrefix(".spec.spicepod") }
        if !problems.isEmpty { return Violation(law: "a valid object becomes a valid one", detail: "\(problems) from \(set.text)") }
        guard version == .v1 else {
            return equal(filled(back), filled(set)) ? nil : difference("v2 comes back", set, there, back)
        }
        guard equal(back, set) else { return difference("v1 comes back to the letter", set, there, back) }
        guard converted(back, to: .v2) == there else { return difference("reading changes nothing", set, there, back) }
        guard let stored = converted(filled(there), to: .v1) else { return nil }
        return Self.keeps(stored["spec"], set["spec"]) ? nil : difference("defaults change nothing in v1", set, there, stored)
    }

    /// Objects that no API server would let through convert all the same, and come back.
    private static func broken(_ random: inout SeededRandom) -> Violation? {
        for version in SetVersion.allCases {
            let whole = random.set(version)
            var set = random.mutated(whole)
            guard let odd = converted(set, to: version.other), converted(odd, to: version) != nil else {
                return Violation(law: "every object converts", detail: set.text)
            }
            // what is lost on the way is remembered in an annotation
            set["metadata"] = whole["metadata"]
            guard let there = converted(set, to: version.other), let back = converted(there, to: version) else {
                return Violation(law: "every object converts", detail: set.text)
            }
            let same = version == .v1 ? equal(back, set) : equal(filled(back), filled(set))
            if !same { return difference("\(version) comes back, broken as it is", set, there, back) }
        }
        return nil
    }

    static func converted(_ set: JSONValue, to version: SetVersion) -> JSONValue? {
        try? SpiceConversion.convert(set, to: version.apiVersion)
    }

    private static func valid(_ set: JSONValue, _ version: SetVersion) -> [String] {
        version.spec.problems(set["spec"] ?? [:], ".spec") + version.status.problems(set["status"] ?? [:], ".status")
    }

    /// A v2 object as the API server stores it.
    static func filled(_ set: JSONValue) -> JSONValue {
        var set = set
        set["spec"] = set["spec"].map(SetVersion.v2.spec.filled)
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
