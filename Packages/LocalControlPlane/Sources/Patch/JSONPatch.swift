import JSON

/// RFC 6902.
enum JSONPatch {
    static func apply(_ patch: JSONValue, to object: JSONValue) throws(StatusError) -> JSONValue {
        guard let operations = patch.arrayValue else {
            throw StatusError.badRequest(
                "error decoding patch: json: cannot unmarshal \(patch.typeName) into Go value of type []handlers.jsonPatchOp")
        }
        var result = object
        for operation in operations { result = try perform(operation, on: result) }
        return result
    }

    /// The real server does not say which operation failed.
    private static let failure = StatusError(
        422, "Invalid", "the server rejected our request due to an error in our request", details: [:])

    private static func perform(_ operation: JSONValue, on object: JSONValue) throws(StatusError) -> JSONValue {
        guard let path = operation["path"]?.stringValue.flatMap(pointer) else { throw failure }
        switch operation["op"]?.stringValue {
        case "add":
            guard let value = operation["value"] else { throw failure }
            return try add(value, at: path[...], in: object)
        case "remove": return try remove(path[...], from: object)
        case "replace":
            guard let value = operation["value"], get(path[...], in: object) != nil else { throw failure }
            return try replace(value, at: path[...], in: object)
        case "test":
            let found = get(path[...], in: object)
            guard found == operation["value"] || (found == nil && operation["value"]?.isNull == true) else { throw failure }
            return object
        case "move", "copy":
            guard let from = operation["from"]?.stringValue.flatMap(pointer), let value = get(from[...], in: object) else {
                throw failure
            }
            let source = operation["op"] == "move" ? try remove(from[...], from: object) : object
            return try add(value, at: path[...], in: source)
        default: throw failure
        }
    }

    private static func pointer(_ text: String) -> [String]? {
        if text.isEmpty { return [] }
        guard text.hasPrefix("/") else { return nil }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { unescape($0) }
    }

    private static func unescape(_ segment: Substring) -> String {
        var result = ""
        var isEscape = false
        for character in segment {
            if isEscape {
                result.append(character == "1" ? "/" : character == "0" ? "~" : character)
                isEscape = false
            } else if character == "~" {
                isEscape = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static func get(_ path: ArraySlice<String>, in value: JSONValue) -> JSONValue? {
        guard let key = path.first else { return value }
        let child: JSONValue? =
            switch value {
            case .object: value[key]
            case .array: Int(key).flatMap { value[$0] }
            default: nil
            }
        return child.flatMap { get(path.dropFirst(), in: $0) }
    }

    /// Rebuilds the containers down to the one that holds the last segment and lets `change` edit that one.
    private static func edit(
        _ path: ArraySlice<String>, in value: JSONValue, _ change: (JSONValue, String) throws(StatusError) -> JSONValue
    ) throws(StatusError) -> JSONValue {
        guard let key = path.first else { throw failure }
        if path.count == 1 { return try change(value, key) }
        switch value {
        case .object(var members):
            guard let child = members[key] else { throw failure }
            members[key] = try edit(path.dropFirst(), in: child, change)
            return .object(members)
        case .array(var elements):
            guard let index = Int(key), elements.indices.contains(index) else { throw failure }
            elements[index] = try edit(path.dropFirst(), in: elements[index], change)
            return .array(elements)
        default: throw failure
        }
    }

    private static func add(_ value: JSONValue, at path: ArraySlice<String>, in object: JSONValue) throws(StatusError) -> JSONValue
    {
        if path.isEmpty { return value }
        return try edit(path, in: object) { container, key throws(StatusError) in
            switch container {
            case .object(var members):
                members[key] = value
                return .object(members)
            case .array(var elements):
                guard let index = key == "-" ? elements.count : Int(key), (0...elements.count).contains(index) else {
                    throw failure
                }
                elements.insert(value, at: index)
                return .array(elements)
            default: throw failure
            }
        }
    }

    private static func remove(_ path: ArraySlice<String>, from object: JSONValue) throws(StatusError) -> JSONValue {
        try edit(path, in: object) { container, key throws(StatusError) in
            switch container {
            case .object(var members):
                guard members.removeValue(forKey: key) != nil else { throw failure }
                return .object(members)
            case .array(var elements):
                guard let index = Int(key), elements.indices.contains(index) else { throw failure }
                elements.remove(at: index)
                return .array(elements)
            default: throw failure
            }
        }
    }

    private static func replace(_ value: JSONValue, at path: ArraySlice<String>, in object: JSONValue) throws(StatusError)
        -> JSONValue
    {
        if path.isEmpty { return value }
        return try edit(path, in: object) { container, key throws(StatusError) in
            switch container {
            case .object(var members):
                members[key] = value
                return .object(members)
            case .array(var elements):
                guard let index = Int(key), elements.indices.contains(index) else { throw failure }
                elements[index] = value
                return .array(elements)
            default: throw failure
            }
        }
    }
}
