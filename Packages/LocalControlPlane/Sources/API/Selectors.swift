import JSON
import KubernetesModel

/// A parsed `labelSelector` parameter.
struct LabelQuery: Sendable {
    enum Requirement: Sendable {
        case equals(String, String), notEquals(String, String), isIn(String, Set<String>), isNotIn(String, Set<String>)
        case exists(String), doesNotExist(String), greater(String, Int64), less(String, Int64)
    }

    var requirements: [Requirement] = []

    func matches(_ labels: JSONValue?) -> Bool {
        requirements.allSatisfy { requirement in
            func value(_ key: String) -> String? { labels?[key]?.stringValue }
            return switch requirement {
            case .equals(let key, let wanted): value(key) == wanted
            case .notEquals(let key, let other): value(key) != other
            case .isIn(let key, let wanted): value(key).map(wanted.contains) ?? false
            case .isNotIn(let key, let others): !(value(key).map(others.contains) ?? false)
            case .exists(let key): value(key) != nil
            case .doesNotExist(let key): value(key) == nil
            case .greater(let key, let bound): value(key).flatMap { Int64($0) }.map { $0 > bound } ?? false
            case .less(let key, let bound): value(key).flatMap { Int64($0) }.map { $0 < bound } ?? false
            }
        }
    }

    init() {}

    init(parsing text: String) throws(StatusError) {
        var tokens = Tokens(text)
        while let requirement = try tokens.requirement() {
            requirements.append(requirement)
            if tokens.take(",") { continue }
            if let token = tokens.next {
                throw .badRequest("unable to parse requirement: found '\(token)', expected: ',' or 'end of string'")
            }
        }
    }

    /// A `metav1.LabelSelector` of an object.
    init(selector: JSONValue?) {
        for (key, value) in selector?["matchLabels"]?.objectValue ?? [:] {
            requirements.append(.equals(key, value.stringValue ?? ""))
        }
        for expression in selector?["matchExpressions"]?.arrayValue ?? [] {
            let key = expression["key"]?.stringValue ?? ""
            let values = Set((expression["values"]?.arrayValue ?? []).compactMap(\.stringValue))
            switch expression["operator"]?.stringValue {
            case "In": requirements.append(.isIn(key, values))
            case "NotIn": requirements.append(.isNotIn(key, values))
            case "Exists": requirements.append(.exists(key))
            case "DoesNotExist": requirements.append(.doesNotExist(key))
            default: break
            }
        }
    }

    private struct Tokens {
        private var tokens: [String] = []

        init(_ text: String) {
            var word = ""
            func isSymbol(_ character: Character) -> Bool { "=!<>".contains(character) }
            for character in text {
                if character.isWhitespace || ",()".contains(character) || isSymbol(character) {
                    if !word.isEmpty { tokens.append(word) }
                    word = ""
                    if character.isWhitespace { continue }
                    if isSymbol(character), let last = tokens.last, character == "=", last == "=" || last == "!" {
                        tokens[tokens.count - 1] = last + "="
                    } else {
                        tokens.append(String(character))
                    }
                } else {
                    word.append(character)
                }
            }
            if !word.isEmpty { tokens.append(word) }
            tokens.reverse()
        }

        var next: String? { tokens.last }

        mutating func take(_ token: String) -> Bool {
            guard tokens.last == token else { return false }
            tokens.removeLast()
            return true
        }

        private mutating func word() -> String? {
            guard let token = tokens.last, !["=", "==", "!=", "!", ",", "(", ")", "<", ">"].contains(token) else { return nil }
            tokens.removeLast()
            return token
        }

        mutating func requirement() throws(StatusError) -> Requirement? {
            if tokens.isEmpty { return nil }
            if take("!") {
                guard let key = word() else { throw unexpected("identifier") }
                return .doesNotExist(key)
            }
            guard let key = word() else { throw unexpected("!, identifier, or 'end of string'") }
            switch tokens.last {
            case "=", "==":
                tokens.removeLast()
                return .equals(key, word() ?? "")
            case "!=":
                tokens.removeLast()
                return .notEquals(key, word() ?? "")
            case ">", "<":
                let isGreater = tokens.removeLast() == ">"
                guard let bound = word().flatMap({ Int64($0) }) else { throw unexpected("an integer") }
                return isGreater ? .greater(key, bound) : .less(key, bound)
            case "in", "notin":
                let isIn = tokens.removeLast() == "in"
                guard take("(") else { throw unexpected("'('") }
                var values: Set<String> = []
                repeat { values.insert(word() ?? "") } while take(",")
                guard take(")") else { throw unexpected("',' or ')'") }
                return isIn ? .isIn(key, values) : .isNotIn(key, values)
            case nil, ",": return .exists(key)
            default: throw unexpected("in, notin, =, ==, !=, gt, lt")
            }
        }

        private func unexpected(_ expected: String) -> StatusError {
            .badRequest("unable to parse requirement: found '\(tokens.last ?? "")' expected: \(expected)")
        }
    }
}

/// A parsed `fieldSelector` parameter.
struct FieldQuery: Sendable {
    var requirements: [(path: [String], value: String, isEqual: Bool)] = []

    func matches(_ object: JSONValue) -> Bool {
        requirements.allSatisfy { path, value, isEqual in
            var node: JSONValue? = object
            for name in path { node = node?[name] }
            let found: String =
                switch node {
                case .string(let text)?: text
                case .bool(let flag)?: flag ? "true" : "false"
                case .int(let number)?: "\(number)"
                default: path == ["status", "phase"] ? "" : path == ["spec", "unschedulable"] ? "false" : ""
                }
            return (found == value) == isEqual
        }
    }

    init() {}

    init(parsing text: String, for resource: Resource) throws(StatusError) {
        for term in text.split(separator: ",") {
            let parts = term.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 2 else { throw .badRequest("invalid selector: '\(text)'; can't understand '\(term)'") }
            let isEqual = !parts[0].hasSuffix("!")
            let name = isEqual ? parts[0] : String(parts[0].dropLast())
            guard Self.supported(resource).contains(name) else { throw .badRequest("field label not supported: \(name)") }
            requirements.append((Self.path(name, resource), parts.last ?? "", isEqual))
        }
    }

    /// Events are matched in their stored form, which is core's.
    private static func path(_ name: String, _ resource: Resource) -> [String] {
        let parts = name.split(separator: ".").map(String.init)
        if resource.plural == "events", parts.first == "regarding" { return ["involvedObject"] + parts.dropFirst() }
        if resource.plural == "events", name == "reportingController" { return ["reportingComponent"] }
        if resource.plural == "events", name == "source" { return ["source", "component"] }
        return parts
    }

    private static func supported(_ resource: Resource) -> Set<String> {
        var names: Set<String> = ["metadata.name", "metadata.namespace"]
        switch resource.plural {
        case "pods":
            names.formUnion([
                "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
                "status.phase",
                "status.podIP", "status.nominatedNodeName",
            ])
        case "events":
            let reference = ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"]
            names.formUnion(reference.map { "involvedObject.\($0)" } + reference.map { "regarding.\($0)" })
            names.formUnion(["reason", "type", "source", "reportingComponent", "reportingController"])
        case "namespaces": names.insert("status.phase")
        case "nodes": names.insert("spec.unschedulable")
        case "secrets": names.insert("type")
        case "services": names.formUnion(["spec.clusterIP", "spec.type"])
        default: break
        }
        return names
    }
}

/// What of a resource a list or watch wants.
struct ObjectFilter: Sendable {
    var namespace: String?
    var name: String?
    var labels = LabelQuery()
    var fields = FieldQuery()

    func matches(_ key: ObjectKey, _ object: JSONValue) -> Bool {
        if let namespace, key.namespace != namespace { return false }
        if let name, key.name != name { return false }
        return labels.matches(object["metadata", "labels"]) && fields.matches(object)
    }
}
