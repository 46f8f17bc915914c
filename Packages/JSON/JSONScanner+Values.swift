extension JSONScanner {
    /// Consumes a value of any kind, validating it.
    @inlinable
    public mutating func skip() throws {
        switch next {
        case .string: _ = try skipString()
        case .number: _ = try skipNumber()
        case .object: try forEachKey { _, scanner in try scanner.skip() }
        case .array: try forEachElement { try $0.skip() }
        case .bool: _ = try bool()
        case .null: _ = try null()
        case .end: throw syntax("expected a value")
        }
    }

    /// Consumes a value of any kind as a tree. Of members with the same name the last one counts, as in Go.
    public mutating func value() throws -> JSONValue {
        switch next {
        case .string: return .string(try string())
        case .number: return try number()
        case .object:
            var members: [String: JSONValue] = [:]
            try forEachKey { key, scanner in members[key.string] = try scanner.value() }
            return .object(members)
        case .array:
            var elements: [JSONValue] = []
            try forEachElement { elements.append(try $0.value()) }
            return .array(elements)
        case .bool: return .bool(try bool())
        case .null:
            _ = try null()
            return .null
        case .end: throw syntax("expected a value")
        }
    }

    /// Consumes a value of any kind, validating it, as a copy of its bytes.
    public mutating func rawBytes() throws -> [UInt8] {
        skipSpace()
        let start = position
        try skip()
        return Array(UnsafeBufferPointer(start: bytes + start, count: position - start))
    }

    /// Consumes an object of strings, such as labels.
    public mutating func stringMap() throws -> [String: String] {
        if try null() { return [:] }
        var map: [String: String] = [:]
        try forEachKey { key, scanner in map[key.string] = try scanner.string() }
        return map
    }
}

extension JSONValue: JSONScannable {
    public init(scanning scanner: inout JSONScanner) throws {
        self = try scanner.value()
    }

    /// - Throws: `JSONError` with the byte offset of what is wrong.
    public init(parsing document: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
        do {
            self = try JSONScanner.scan(document, limits: limits) { try $0.value() }
        } catch let error as JSONError {
            throw error
        } catch {
            throw JSONError(.syntax, "\(error)")
        }
    }

    public init(parsing text: String, limits: JSONLimits = .default) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}
