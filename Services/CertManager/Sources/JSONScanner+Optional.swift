import JSON

extension JSONScanner {
    /// A string; empty where it is null.
    mutating func optionalString() throws -> String { try null() ? "" : string() }
}
