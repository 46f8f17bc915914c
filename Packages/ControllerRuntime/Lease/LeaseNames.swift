/// How the Leases of a service are called and found.
enum LeaseNames {
    static func slice(_ slice: Int, of name: String) -> String { "\(name)-\(slice)" }

    static func memberPrefix(_ name: String) -> String { "\(name)-member-" }

    static func labels(_ name: String) -> [String: String] {
        ["app.kubernetes.io/managed-by": "spiceai-operator", "spice.ai/lease": name]
    }

    static func selector(_ name: String) -> String { "spice.ai/lease=\(name)" }

    /// An identity as part of an object's name; a hash keeps apart what would become the same.
    static func nameable(_ identity: String) -> String {
        let allowed = identity.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let text = String(allowed.split(separator: "-").joined(separator: "-"))
        if text == identity, text.utf8.count <= 180, !text.isEmpty { return text }
        return "\(text.prefix(160))-\(String(FNV1a(identity.utf8).value, radix: 16))"
    }
}
