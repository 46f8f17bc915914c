import JSON

/// What is wrong with a Spicepod by the schema of its version.
struct SpicepodIssues: Sendable {
    enum Kind: Sendable, CaseIterable {
        /// Not of the schema: a missing field, a wrong type, a word that is none of the allowed ones.
        case schema
        /// Two components of one name, or a name that is reserved.
        case names
        case unknownKey
        case deprecatedKey
    }

    struct Issue: Sendable {
        var path: String
        var message: String
    }

    private(set) var found: [Kind: [Issue]] = [:]
    /// How many more there are of a kind.
    private(set) var dropped: [Kind: Int] = [:]

    /// - Parameter spicepod: an object; for anything else nothing is found here.
    init(of spicepod: JSONValue?, at path: String) {
        guard case .object(let members)? = spicepod else { return }
        var check = SpicepodCheck(root: path)
        check.run(members)
        (found, dropped) = (check.issues.found, check.issues.dropped)
    }

    init() {}

    /// Whether one more is kept; counts it where not, so that nobody writes a text that is thrown away.
    mutating func takes(_ kind: Kind) -> Bool {
        guard (found[kind]?.count ?? 0) >= Report.limit else { return true }
        dropped[kind, default: 0] += 1
        return false
    }

    mutating func add(_ kind: Kind, _ path: String, _ message: String) {
        found[kind, default: []].append(Issue(path: path, message: message))
    }
}

extension Report {
    mutating func add(_ kind: SpicepodIssues.Kind, of issues: SpicepodIssues) {
        for issue in issues.found[kind] ?? [] { add(issue.path, issue.message) }
        leaveOut(issues.dropped[kind] ?? 0)
    }
}
