import JSON

/// What AdmissionReview and ConversionReview have in common: `{apiVersion, kind, request: {…}}`.
enum ReviewEnvelope {
    /// Scans the body and hands the members of its request to `member`, which must consume them.
    static func scan(
        _ body: [UInt8], apiVersion: String, kind: String, _ member: (JSONKey, inout JSONScanner) throws -> Void
    ) throws(MalformedReview) {
        var found: (apiVersion: String, kind: String, hasRequest: Bool) = ("", "", false)
        do {
            try JSONScanner.scan(body) { scanner in
                try scanner.forEachKey { key, scanner in
                    switch key {
                    case "apiVersion": found.apiVersion = try scanner.optionalString()
                    case "kind": found.kind = try scanner.optionalString()
                    case "request":
                        if try scanner.null() { return }
                        found.hasRequest = true
                        try scanner.forEachKey(member)
                    default: try scanner.skip()
                    }
                }
            }
        } catch {
            throw MalformedReview("the body is no \(kind): \(error)")
        }
        guard found.apiVersion == apiVersion, found.kind == kind else {
            let what = found.kind.isEmpty ? "an object without a kind" : "\(found.apiVersion) \(found.kind)"
            throw MalformedReview("the body is \(what.prefix(200)), send \(apiVersion) \(kind)")
        }
        guard found.hasRequest else { throw MalformedReview("request: is required") }
    }

    static func response(apiVersion: String, kind: String, _ response: [String: JSONValue]) -> [UInt8] {
        JSONValue.object(["apiVersion": .string(apiVersion), "kind": .string(kind), "response": .object(response)]).serialized()
    }
}

extension JSONScanner {
    /// A string, or "" for the null that Go writes for what is not there.
    mutating func optionalString() throws -> String {
        try null() ? "" : string()
    }

    /// A tree, or nil for null.
    mutating func optionalValue() throws -> JSONValue? {
        try null() ? nil : value()
    }
}
