import JSON

/// Users edit a set, now in one version and now in the other. Every edit counts, and no edit loses anything else.
enum EditHistory {
    static func check(_ random: inout SeededRandom) -> Violation? {
        let first = random.pick(SetVersion.v1, .v2)
        guard var stored = RoundTrip.converted(random.set(first), to: .v2) else { return nil }
        // what the set should be, kept in v2 alone
        var expected = stored
        let beginning = stored
        var story: [String] = []
        for _ in 0..<(1 + random.below(5)) {
            if random.chance(60) { stored = RoundTrip.filled(stored) }
            let edit = Edit.random(&random)
            let version = edit.v1 == nil ? SetVersion.v2 : random.pick(.v1, .v2)
            guard var seen = RoundTrip.converted(stored, to: version) else { return nil }
            var spec = seen["spec"] ?? [:]
            if version == .v1 { edit.v1?(&spec) } else { edit.v2(&spec) }
            seen["spec"] = spec
            guard let written = RoundTrip.converted(seen, to: .v2) else { return nil }
            stored = written
            var wanted = expected["spec"] ?? [:]
            edit.v2(&wanted)
            expected["spec"] = wanted
            story.append("\(edit.name) in \(version)")
            if normal(stored) != normal(expected) {
                return Violation(
                    law: "an edit counts and loses nothing else",
                    detail: "\(beginning.text)\n  \(story)\n  is   \(stored.text)\n  not  \(expected.text)")
            }
        }
        return showsWhatIs(stored)
    }

    /// What v1 shows is what is: without the memory it converts to the same as a set that never remembered anything.
    private static func showsWhatIs(_ stored: JSONValue) -> Violation? {
        func shown(_ set: JSONValue) -> JSONValue? {
            RoundTrip.converted(set, to: .v1).flatMap { RoundTrip.converted(RoundTrip.withoutMemory($0), to: .v2) }
        }
        guard let remembering = shown(stored), let fresh = shown(RoundTrip.withoutMemory(stored)) else { return nil }
        guard normal(remembering) != normal(fresh) else { return nil }
        return Violation(law: "v1 shows what is", detail: "\(stored.text)\n  →  \(remembering.text)\n  not  \(fresh.text)")
    }

    /// Equal up to defaults, an empty list of claims, and `Parallel`, which has become RollingOrdered.
    private static func normal(_ set: JSONValue) -> JSONValue {
        var spec = RoundTrip.filled(set)["spec"] ?? [:]
        if spec["volumeClaimTemplates"] == [] { spec["volumeClaimTemplates"] = nil }
        if spec[path: "updateStrategy", "type"] == "Parallel" { spec[path: "updateStrategy", "type"] = "RollingOrdered" }
        return spec
    }
}
