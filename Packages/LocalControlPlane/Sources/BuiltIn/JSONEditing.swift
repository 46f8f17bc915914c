import JSON

extension JSONValue {
    mutating func setDefault(_ key: String, _ value: JSONValue) {
        if self[key] == nil { self[key] = value }
    }

    /// Edits the member `key` in place where it is an object.
    mutating func edit(_ key: String, _ body: (inout JSONValue) -> Void) {
        guard var child = self[key], case .object = child else { return }
        self[key] = nil  // keep `child` uniquely referenced
        body(&child)
        self[key] = child
    }

    /// Edits every element of the list `key` in place.
    mutating func editEach(_ key: String, _ body: (inout JSONValue) -> Void) {
        guard case .array(var elements)? = self[key] else { return }
        self[key] = nil
        for index in elements.indices { body(&elements[index]) }
        self[key] = .array(elements)
    }

    /// The list, or nothing where it is empty: Go leaves empty lists out. (`isEmpty ? nil : …` would make a JSON null.)
    static func nonEmpty(_ elements: [JSONValue]) -> JSONValue? {
        if elements.isEmpty { return Optional.none }
        return .array(elements)
    }

    func strings(_ key: String) -> [String] { (self[key]?.arrayValue ?? []).compactMap(\.stringValue) }

    /// The string at a path; empty where there is none.
    func string(_ path: String...) -> String {
        var node: JSONValue? = self
        for key in path { node = node?[key] }
        return node?.stringValue ?? ""
    }

    func list(_ path: String...) -> [JSONValue] {
        var node: JSONValue? = self
        for key in path { node = node?[key] }
        return node?.arrayValue ?? []
    }

    var name: String { string("metadata", "name") }
    var namespace: String { string("metadata", "namespace") }
    var uid: String { string("metadata", "uid") }
    var isBeingDeleted: Bool { self["metadata"]?["deletionTimestamp"] != nil }
}
