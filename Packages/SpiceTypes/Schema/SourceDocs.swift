/// The doc comments of Swift declarations: the one place where a field is described.
///
/// Reads the text of source files rather than a compiled module: plain structs with stored properties are all the CRD
/// types are, and a test that compares the generated files catches what this simple reader would get wrong.
public struct SourceDocs: Sendable {
    /// A comment split into its text and its markers (`+minimum=0`), which say what Swift's types cannot.
    public struct Comment: Sendable {
        public var text = ""
        public var markers: [String: String] = [:]
        public var rules: [Rule] = []
    }

    /// A CEL rule: `+cel=` begins one, `+celMessage=`, `+celFieldPath=` and `+celReason=` say more of the last one.
    public struct Rule: Sendable {
        public var expression: String
        public var message: String?
        public var fieldPath: String?
        public var reason: String?
    }

    private var types: [String: Comment] = [:]
    private var fields: [String: Comment] = [:]

    public init() {}

    public func type(_ name: String) -> Comment? { types[name] }
    public func field(_ name: String, of type: String) -> Comment? { fields["\(type).\(name)"] }

    /// Adds the declarations of one source file.
    public mutating func add(source: String) {
        var comment = Comment()
        var scopes: [(name: String, depth: Int)] = []
        var depth = 0
        for raw in source.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = raw.drop { $0 == " " }
            if line.hasPrefix("///") {
                Self.extend(&comment, with: line.dropFirst(3).drop { $0 == " " })
                continue
            }
            if let name = Self.declared(in: line, after: ["public struct ", "public enum ", "public final class "]) {
                types[name] = comment
                scopes.append((name, depth))
            } else if let name = Self.declared(in: line, after: ["public var ", "public let "]), let scope = scopes.last,
                depth == scope.depth + 1
            {
                fields["\(scope.name).\(name)"] = comment
            }
            comment = Comment()
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
            while let scope = scopes.last, depth <= scope.depth, line.contains("}") { scopes.removeLast() }
        }
    }

    private static func extend(_ comment: inout Comment, with line: Substring) {
        guard line.hasPrefix("+") else {
            comment.text += comment.text.isEmpty || line.isEmpty ? String(line) : " \(line)"
            return
        }
        let parts = line.dropFirst().split(separator: "=", maxSplits: 1)
        guard let key = parts.first else { return }
        let value = parts.count > 1 ? String(parts[1]) : ""
        let last = comment.rules.indices.last
        switch (key, last) {
        case ("cel", _): comment.rules.append(Rule(expression: value))
        case ("celMessage", let last?): comment.rules[last].message = value
        case ("celFieldPath", let last?): comment.rules[last].fieldPath = value
        case ("celReason", let last?): comment.rules[last].reason = value
        default: comment.markers[String(key)] = value
        }
    }

    private static func declared(in line: Substring, after prefixes: [String]) -> String? {
        for prefix in prefixes where line.hasPrefix(prefix) {
            let name = line.dropFirst(prefix.count).drop { $0 == "`" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            return name.isEmpty ? nil : String(name)
        }
        return nil
    }
}
