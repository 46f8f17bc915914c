import JSON

/// Users edit an object, now in one version and now in the other. Every edit counts, and no edit loses anything else.
enum EditHistory {
    static func check(_ random: inout SeededRandom, _ kind: ConvertedKind) -> Violation? {
        let (older, stored) = (kind.older, kind.stored)
        guard var current = RoundTrip.converted(random.object(random.pick(older, stored)), to: stored) else { return nil }
        // what the object should be, kept in v2 alone
        var expected = current
        let beginning = current
        var story: [String] = []
        for _ in 0..<(1 + random.below(5)) {
            if random.chance(60) { current = RoundTrip.filled(current, stored) }
            let edit = Edit.random(&random, kind)
            let version = edit.older == nil ? stored : random.pick(older, stored)
            let pods = random.below(stored.pods.count)
            guard var seen = RoundTrip.converted(current, to: version) else { return nil }
            seen.change(at: version.pods[pods]) { version.isStored ? edit.stored(&$0) : edit.older?(&$0) }
            guard let written = RoundTrip.converted(seen, to: stored) else { return nil }
            current = written
            expected.change(at: stored.pods[pods], edit.stored)
            story.append("\(edit.name) in \(version.pods[pods].joined(separator: ".")) of \(version.name)")
            if normal(current, stored) != normal(expected, stored) {
                return Violation(
                    law: "an edit counts and loses nothing else",
                    detail: "\(beginning.text)\n  \(story)\n  is   \(current.text)\n  not  \(expected.text)")
            }
        }
        return showsWhatIs(current, kind)
    }

    /// What the older version shows is what is: without the memory it converts to the same as a set that never remembered anything.
    private static func showsWhatIs(_ stored: JSONValue, _ kind: ConvertedKind) -> Violation? {
        func shown(_ set: JSONValue) -> JSONValue? {
            RoundTrip.converted(set, to: kind.older).flatMap { RoundTrip.converted(RoundTrip.withoutMemory($0), to: kind.stored) }
        }
        guard let remembering = shown(stored), let fresh = shown(RoundTrip.withoutMemory(stored)) else { return nil }
        guard normal(remembering, kind.stored) != normal(fresh, kind.stored) else { return nil }
        return Violation(
            law: "\(kind.older.name) shows what is", detail: "\(stored.text)\n  →  \(remembering.text)\n  not  \(fresh.text)")
    }

    /// Equal up to defaults, an empty list of claims, and `Parallel`, which has become RollingOrdered.
    private static func normal(_ object: JSONValue, _ version: KindVersion) -> JSONValue {
        var object = RoundTrip.filled(object, version)
        for path in version.pods {
            object.change(at: path) { pods in
                if pods["volumeClaimTemplates"] == [] { pods["volumeClaimTemplates"] = nil }
                if pods[path: "updateStrategy", "type"] == "Parallel" { pods[path: "updateStrategy", "type"] = "RollingOrdered" }
            }
        }
        return object["spec"] ?? [:]
    }
}
