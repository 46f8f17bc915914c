import JSON

/// One value that has a place in both versions.
struct ConvertedField: Sendable {
    var newer: [String]
    /// Its places in the older version: the canonical one first, then the others in the order in which they count.
    var older: [[String]]
    /// Values that the newer version has no more, and what they have become.
    var renamed: [JSONValue: JSONValue] = [:]

    /// `a.b` means the member `b` of `a`.
    init(_ newer: String, _ older: String..., renamed: [JSONValue: JSONValue] = [:]) {
        self.newer = Self.path(newer)
        self.older = older.map(Self.path)
        self.renamed = renamed
    }

    private static func path(_ text: String) -> [String] { text.split(separator: ".").map(String.init) }
}

extension ConversionUnit {
    /// A unit of fields that only have other places in the other version.
    static func fields(_ name: String, _ fields: [ConvertedField]) -> ConversionUnit {
        ConversionUnit(
            name: name,
            older: Set(fields.flatMap(\.older).compactMap(\.first)),
            newer: Set(fields.compactMap(\.newer.first)),
            up: { older in
                var newer: Members = [:]
                for field in fields {
                    guard let value = older.first(of: field.older) else { continue }
                    newer.put(field.renamed[value] ?? value, at: field.newer[...])
                }
                return newer
            },
            down: { newer in
                var older: Members = [:]
                for field in fields {
                    guard let place = field.older.first, let value = newer.first(of: [field.newer]) else { continue }
                    older.put(value, at: place[...])
                }
                return older
            },
            spellings: fields.map(\.older).filter { $0.count > 1 })
    }

    /// A member that only has another name in the newer version, whatever it holds.
    static func moved(_ older: String, to newer: String) -> ConversionUnit {
        ConversionUnit(
            name: newer, older: [older], newer: [newer],
            up: { members in members[older].map { [newer: $0] } ?? [:] },
            down: { members in members[newer].map { [older: $0] } ?? [:] })
    }

    /// Fields that only the newer version has.
    static func newerOnly(_ name: String, _ keys: Set<String>) -> ConversionUnit {
        ConversionUnit(name: name, older: [], newer: keys, up: { _ in [:] }, down: { _ in [:] })
    }
}

extension Members {
    /// The value at the first path that leads to one. A null counts as absent, as it does to the API server.
    func first(of paths: [[String]]) -> JSONValue? {
        for path in paths {
            guard let first = path.first, var node = self[first] else { continue }
            var isThere = true
            for key in path.dropFirst() {
                guard let next = node[key] else {
                    isThere = false
                    break
                }
                node = next
            }
            if isThere, !node.isNull { return node }
        }
        return nil
    }

    mutating func put(_ value: JSONValue, at path: ArraySlice<String>) {
        guard let key = path.first else { return }
        guard path.count > 1 else {
            self[key] = value
            return
        }
        var inner = self[key]?.objectValue ?? [:]
        inner.put(value, at: path.dropFirst())
        self[key] = .object(inner)
    }
}
