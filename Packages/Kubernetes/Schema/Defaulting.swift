public import JSON

extension Schema {
    /// The value with the schema's defaults filled in, also in list items and map values. A null where the schema has a default
    /// and is not nullable counts as absent, as in the real server.
    public func defaulting(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var members):
            for (name, property) in properties {
                if let member = members[name], !(member.isNull && property.defaultValue != nil && !property.isNullable) {
                    members[name] = property.defaulting(member)
                } else if let value = property.defaultValue {
                    members[name] = property.defaulting(value)
                }
            }
            if let additional {
                for (name, member) in members where properties[name] == nil { members[name] = additional.defaulting(member) }
            }
            return .object(members)
        case .array(let elements):
            guard let items else { return value }
            return .array(elements.map { items.defaulting($0) })
        default: return value
        }
    }
}
