public import JSON

extension Schema {
    /// The value without members the schema does not know; their paths go to `unknown` (for `fieldValidation`).
    public func pruning(_ value: JSONValue, path: String = "", unknown: inout [String]) -> JSONValue {
        switch value {
        case .object(let members):
            guard kind == .object || kind == .any else { return value }
            var kept: [String: JSONValue] = [:]
            kept.reserveCapacity(members.count)
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let here = path.isEmpty ? name : "\(path).\(name)"
                if let property = properties[name] ?? additional {
                    kept[name] = property.pruning(member, path: here, unknown: &unknown)
                } else if preservesUnknown || (isEmbeddedResource && Self.typeMeta.contains(name)) {
                    kept[name] = member
                } else {
                    unknown.append(here)
                }
            }
            return .object(kept)
        case .array(let elements):
            guard let items else { return value }
            return .array(elements.enumerated().map { items.pruning($1, path: "\(path)[\($0)]", unknown: &unknown) })
        default: return value
        }
    }

    private static let typeMeta: Set<String> = ["apiVersion", "kind", "metadata"]
}
