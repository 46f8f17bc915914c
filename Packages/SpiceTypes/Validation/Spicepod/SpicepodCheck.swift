import JSON

/// Holds a Spicepod against the schema of its version. Its depth is the schema's, not the document's.
struct SpicepodCheck {
    private(set) var issues = SpicepodIssues()
    private var schema: SpicepodSchema?
    private var path: SpicepodPath

    init(root: String) {
        path = SpicepodPath(root: root)
    }

    mutating func run(_ spicepod: [String: JSONValue]) {
        guard let schema = schema(of: spicepod["version"]) else {
            // what every version asks for
            for key in ["kind", "name"] where spicepod[key]?.isNull ?? true {
                tell(.schema, at: key) { _ in "is missing; give \(key == "kind" ? "Spicepod" : "a string")" }
            }
            return
        }
        self.schema = schema
        if let instead = schema.deprecated {
            tell(.deprecatedKey, at: "version") { _ in "\(Quoted.text(schema.version)) is deprecated: \(instead)" }
        }
        structure(spicepod, SpicepodSchema.root)
    }

    private mutating func schema(of version: JSONValue?) -> SpicepodSchema? {
        let known = SpicepodSchemas.versions
        switch version {
        case .string(let name)?:
            if let schema = SpicepodSchemas.all[name] { return schema }
            tell(.schema, at: "version") { _ in
                "\(Quoted.text(name, limit: 40)) is no version of the Spicepod; use one of \(Quoted.list(known))"
            }
        case nil, .null?:
            tell(.schema, at: "version") { _ in "is missing; give one of \(Quoted.list(known))" }
        case let other?:
            tell(.schema, at: "version") { _ in "is \(other.noun); give one of \(Quoted.list(known))" }
        }
        return nil
    }

    // MARK: By type

    private mutating func structure(_ members: [String: JSONValue], _ name: String) {
        guard let type = schema?.types[name] else { return }
        for key in type.required where members[key]?.isNull ?? true {
            tell(.schema, at: key) { "is missing; give \($0.wanted(type.fields[key]?.type ?? .any))" }
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            path.push(.key(key))
            if let field = type.fields[key] {
                if let instead = field.deprecated { tell(.deprecatedKey) { _ in "is deprecated; \(instead)" } }
                check(value, field.type)
            } else {
                tell(.unknownKey) { $0.unknown(key, type) }
            }
            path.pop()
        }
    }

    private func unknown(_ key: String, _ type: SpicepodSchema.Structure) -> String {
        let version = schema?.version ?? ""
        let hint = Spelling.hint(key, among: type.fields.keys)
        return "is no key that version \(version) of the Spicepod knows\(hint.isEmpty ? "; check its name" : hint)"
    }

    private mutating func check(_ value: JSONValue, _ type: SpicepodSchema.FieldType) {
        if value.isNull { return }  // as absent; a required one is told where it is asked for
        switch type {
        case .any: break
        case .string(let reserved):
            guard let text = value.stringValue else { return mismatch(value, type) }
            guard !reserved.isEmpty, reserved.contains(text.lowercased()) else { return }
            tell(.names) { _ in "\(Quoted.text(text)) is a reserved word of SQL; use another name" }
        case .bool: if value.boolValue == nil { mismatch(value, type) }
        case .count: if value.intValue.map({ $0 < 0 }) ?? true { mismatch(value, type) }
        case .choice(let words):
            guard let text = value.stringValue else { return mismatch(value, type) }
            guard !words.contains(text) else { return }
            tell(.schema) { _ in
                let hint = Spelling.hint(text, among: words)
                return "\(Quoted.text(text, limit: 40)) is not one of \(words.joined(separator: ", "))\(hint)"
            }
        case .params:
            guard let members = value.objectValue else { return mismatch(value, type) }
            for (key, member) in members.sorted(by: { $0.key < $1.key }) where member.objectValue != nil || member.arrayValue != nil
            {
                tell(.schema, at: key) { _ in "is \(member.noun); give a string, number or boolean" }
            }
        case .structure(let name):
            guard let members = value.objectValue else { return mismatch(value, type) }
            structure(members, name)
        case .map(let element):
            guard let members = value.objectValue else { return mismatch(value, type) }
            if case .any = element { return }
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                path.push(.key(key))
                check(member, element)
                path.pop()
            }
        case .list(let element, let uniqueBy, let hasReferences):
            guard let elements = value.arrayValue else { return mismatch(value, type) }
            list(elements, element, hasReferences: hasReferences)
            if let uniqueBy { unique(elements, by: uniqueBy) }
        case .oneOf(let alternatives):
            guard let fitting = alternatives.first(where: { $0.hasShape(of: value) }) else { return mismatch(value, type) }
            check(value, fitting)
        }
    }

    private mutating func list(_ elements: [JSONValue], _ type: SpicepodSchema.FieldType, hasReferences: Bool) {
        for (index, element) in elements.enumerated() {
            path.push(.index(index))
            // Absent it would be, but a list has no absent places.
            if element.isNull {
                mismatch(element, type)
            } else if hasReferences, element["ref"]?.stringValue != nil {
                check(element, .structure(SpicepodSchema.reference))
            } else {
                check(element, type)
            }
            path.pop()
        }
    }

    /// The runtime's loader refuses two components of a kind with one name.
    private mutating func unique(_ elements: [JSONValue], by key: String) {
        var first: [String: Int] = [:]
        for (index, element) in elements.enumerated() where element["ref"]?.stringValue == nil {
            guard let name = element[key]?.stringValue else { continue }
            guard let earlier = first[name] else {
                first[name] = index
                continue
            }
            path.push(.index(index))
            tell(.names, at: key) { _ in "\(Quoted.text(name)) is used twice, first by [\(earlier)]; rename one" }
            path.pop()
        }
    }

    // MARK: Telling

    private mutating func tell(_ kind: SpicepodIssues.Kind, at key: String? = nil, _ message: (Self) -> String) {
        guard issues.takes(kind) else { return }
        if let key { path.push(.key(key)) }
        issues.add(kind, path.text, message(self))
        if key != nil { path.pop() }
    }

    private mutating func mismatch(_ value: JSONValue, _ type: SpicepodSchema.FieldType) {
        tell(.schema) { "is \(value.noun); give \($0.wanted(type))" }
    }

    private func wanted(_ type: SpicepodSchema.FieldType) -> String {
        switch type {
        case .any: "a value"
        case .bool: "true or false"
        case .count: "an integer of 0 or more"
        case .string: "a string"
        case .params, .structure, .map: "an object"
        case .list: "a list"
        case .choice(let words): words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
        case .oneOf(let alternatives): alternatives.map(wanted).joined(separator: " or ")
        }
    }
}

extension SpicepodSchema.FieldType {
    /// Whether the value is of the JSON type that this one is written in.
    fileprivate func hasShape(of value: JSONValue) -> Bool {
        switch self {
        case .any: true
        case .bool: value.boolValue != nil
        case .count: value.intValue != nil
        case .string, .choice: value.stringValue != nil
        case .params, .structure, .map: value.objectValue != nil
        case .list: value.arrayValue != nil
        case .oneOf(let alternatives): alternatives.contains { $0.hasShape(of: value) }
        }
    }
}

extension JSONValue {
    /// The value's type with its article; never the value, which may be a secret.
    var noun: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .int: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
