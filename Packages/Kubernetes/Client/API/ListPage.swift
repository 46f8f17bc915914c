public import JSON

/// One page of a list, or all of it.
public struct ListPage<Object: Sendable>: Sendable {
    public var items: [Object]
    /// Where a watch goes on; the same on all pages of a list.
    public var resourceVersion: String
    /// What asks for the next page; nil on the last.
    public var continueToken: String?
    public var apiVersion: String?
    /// `PodList`
    public var kind: String?

    public init(
        items: [Object] = [], resourceVersion: String = "", continueToken: String? = nil, apiVersion: String? = nil,
        kind: String? = nil
    ) {
        self.items = items
        self.resourceVersion = resourceVersion
        self.continueToken = continueToken
        self.apiVersion = apiVersion
        self.kind = kind
    }
}

extension ListPage: JSONScannable where Object: JSONScannable {
    public init(scanning scanner: inout JSONScanner) throws {
        self.init()
        var hasItems = false
        try scanner.forEachKey { key, scanner in
            switch key {
            case "apiVersion": apiVersion = try scanner.string()
            case "kind": kind = try scanner.string()
            case "metadata": try scanMetadata(&scanner)
            case "items":
                hasItems = true
                // An empty Go slice may be written as null.
                if try scanner.null() { return }
                try scanner.forEachElement { items.append(try Object(scanning: &$0)) }
            default: try scanner.skip()
            }
        }
        guard hasItems else { throw JSONError(.missing, path: "items", "is required") }
    }

    private mutating func scanMetadata(_ scanner: inout JSONScanner) throws {
        try scanner.forEachKey { key, scanner in
            switch key {
            case "resourceVersion": resourceVersion = try scanner.string()
            case "continue":
                let token = try scanner.string()
                continueToken = token.isEmpty ? nil : token
            default: try scanner.skip()
            }
        }
    }
}

extension ListPage<JSONValue> {
    /// Items of a list do not say what they are: the list does.
    mutating func nameKinds() {
        guard let apiVersion, let kind, kind.hasSuffix("List") else { return }
        for index in items.indices where items[index]["kind"] == nil {
            items[index]["apiVersion"] = .string(apiVersion)
            items[index]["kind"] = .string(String(kind.dropLast(4)))
        }
    }
}
