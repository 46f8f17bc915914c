import JSON

/// The defaults of a structural schema, as the API server fills them into what it stores. Only the branches that lead to one.
struct SchemaDefaults: Sendable {
    private var value: JSONValue?
    private var properties: [String: SchemaDefaults] = [:]
    /// None or one: the defaults of a list's elements or a map's values.
    private var elements: [SchemaDefaults] = []

    init(schema: JSONValue?) {
        guard let schema else { return }
        value = schema["default"]
        for (name, property) in schema["properties"]?.objectValue ?? [:] {
            let defaults = SchemaDefaults(schema: property)
            if !defaults.isEmpty { properties[name] = defaults }
        }
        if let items = schema["items"] ?? schema["additionalProperties"] {
            let defaults = SchemaDefaults(schema: items)
            if !defaults.isEmpty { elements = [defaults] }
        }
    }

    private var isEmpty: Bool { value == nil && properties.isEmpty && elements.isEmpty }

    /// The members with the defaults of `keys`. A null stands for absence where there is a default, as it does
    /// to the API server.
    func filled(_ members: Members, _ keys: Set<String>) -> Members {
        var members = members
        for name in keys { properties[name]?.fill(&members, name) }
        return members
    }

    private func fill(_ members: inout Members, _ name: String) {
        if let value, members[name] ?? .null == .null { members[name] = value }
        if let present = members[name] { members[name] = filled(present) }
    }

    private func filled(_ tree: JSONValue) -> JSONValue {
        switch tree {
        case .object(var members):
            for (name, defaults) in properties { defaults.fill(&members, name) }
            for defaults in elements { members = members.mapValues(defaults.filled) }
            return .object(members)
        case .array(let list):
            guard let defaults = elements.first else { return tree }
            return .array(list.map(defaults.filled))
        default: return tree
        }
    }
}
