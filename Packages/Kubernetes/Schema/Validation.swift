public import JSON

extension Schema {
    /// What is wrong with a custom resource's value, in the order of its fields. CEL rules are not evaluated: the real server does.
    public func validate(_ value: JSONValue, path: String = "") -> [FieldError] {
        if value.isNull { return isNullable || kind == .any ? [] : [.wrongType(path, value, expected: expectedType)] }
        guard accepts(value) else { return [.wrongType(path, value, expected: expectedType)] }
        var errors: [FieldError] = []
        if !enumeration.isEmpty, !enumeration.contains(value) { errors.append(.unsupported(path, value, enumeration)) }
        switch value {
        case .string(let text): errors += validate(text: text, path: path)
        case .int, .double: errors += validate(number: value, path: path)
        case .array(let elements): errors += validate(elements: elements, path: path)
        case .object(let members): errors += validate(members: members, path: path)
        case .bool, .null: break
        }
        return errors + validateAlternatives(value, path: path)
    }

    private var expectedType: String {
        switch kind {
        case .string, .quantity, .time, .microTime, .bytes: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .array: "array"
        case .intOrString: "integer,string"
        case .object, .any: "object"
        }
    }

    public func accepts(_ value: JSONValue) -> Bool {
        switch (kind, value) {
        case (.any, _), (.string, .string), (.time, .string), (.microTime, .string), (.bytes, .string), (.boolean, .bool),
            (.array, .array),
            (.object, .object), (.number, .int), (.number, .double), (.intOrString, .int), (.intOrString, .string),
            (.quantity, .string),
            (.quantity, .int), (.quantity, .double), (.integer, .int):
            true
        case (.integer, .double(let number)): Int64(exactly: number) != nil
        default: false
        }
    }

    private func validate(text: String, path: String) -> [FieldError] {
        if let limit = constraints?.maxLength, text.unicodeScalars.count > limit { return [.tooLong(path, limit)] }
        if let limit = constraints?.minLength, text.unicodeScalars.count < limit {
            return [.invalid(path, .string(text), "\(path) in body should be at least \(limit) chars long")]
        }
        if let pattern = constraints?.pattern, let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
            return [.invalid(path, .string(text), "\(path) in body should match '\(pattern)'")]
        }
        return []
    }

    private func validate(number value: JSONValue, path: String) -> [FieldError] {
        guard let constraints, let number = value.doubleValue else { return [] }
        var errors: [FieldError] = []
        func text(_ bound: Double) -> String { Int64(exactly: bound).map { "\($0)" } ?? "\(bound)" }
        if let bound = constraints.minimum, constraints.exclusiveMinimum ? number <= bound : number < bound {
            let words = constraints.exclusiveMinimum ? "should be greater than" : "should be greater than or equal to"
            errors.append(.invalid(path, value, "\(path) in body \(words) \(text(bound))"))
        }
        if let bound = constraints.maximum, constraints.exclusiveMaximum ? number >= bound : number > bound {
            let words = constraints.exclusiveMaximum ? "should be less than" : "should be less than or equal to"
            errors.append(.invalid(path, value, "\(path) in body \(words) \(text(bound))"))
        }
        if let factor = constraints.multipleOf, factor > 0, number.truncatingRemainder(dividingBy: factor) != 0 {
            errors.append(.invalid(path, value, "\(path) in body should be a multiple of \(text(factor))"))
        }
        return errors
    }

    private func validate(elements: [JSONValue], path: String) -> [FieldError] {
        var errors: [FieldError] = []
        if let limit = constraints?.maxItems, elements.count > limit { errors.append(.tooMany(path, elements.count, limit)) }
        if let limit = constraints?.minItems, elements.count < limit {
            errors.append(.invalid(path, .int(Int64(elements.count)), "\(path) in body should have at least \(limit) items"))
        }
        if let items {
            for (index, element) in elements.enumerated() { errors += items.validate(element, path: "\(path)[\(index)]") }
        }
        var seen: Set<JSONValue> = []
        for (index, element) in elements.enumerated() {
            let identity: JSONValue
            switch listType {
            case .atomic: continue
            case .set: identity = element
            case .map(let keys): identity = .object(Dictionary(keys.map { ($0, element[$0] ?? .null) }, uniquingKeysWith: { $1 }))
            }
            if !seen.insert(identity).inserted { errors.append(.duplicate("\(path)[\(index)]", identity)) }
        }
        return errors
    }

    private func validate(members: [String: JSONValue], path: String) -> [FieldError] {
        func child(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        var errors: [FieldError] = []
        if let limit = constraints?.maxProperties, members.count > limit {
            errors.append(.invalid(path, .int(Int64(members.count)), "\(path) in body should have at most \(limit) properties"))
        }
        if let limit = constraints?.minProperties, members.count < limit {
            errors.append(.invalid(path, .int(Int64(members.count)), "\(path) in body should have at least \(limit) properties"))
        }
        for name in required where members[name] == nil { errors.append(.required(child(name))) }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            guard let schema = properties[name] ?? additional else { continue }
            errors += schema.validate(member, path: child(name))
        }
        return errors
    }

    private func validateAlternatives(_ value: JSONValue, path: String) -> [FieldError] {
        guard let constraints else { return [] }
        var errors: [FieldError] = []
        for schema in constraints.allOf { errors += schema.validate(value, path: path) }
        if !constraints.anyOf.isEmpty, !constraints.anyOf.contains(where: { $0.validate(value, path: path).isEmpty }) {
            errors.append(.invalid(path, value, "\"\(path)\" must validate at least one schema (anyOf)"))
        }
        if !constraints.oneOf.isEmpty, constraints.oneOf.filter({ $0.validate(value, path: path).isEmpty }).count != 1 {
            errors.append(.invalid(path, value, "\"\(path)\" must validate one and only one schema (oneOf)"))
        }
        if constraints.not.contains(where: { $0.validate(value, path: path).isEmpty }) {
            errors.append(.invalid(path, value, "\"\(path)\" must not validate the schema (not)"))
        }
        return errors
    }
}
