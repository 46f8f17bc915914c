import JSON

/// Which writes a webhook's rules mean (`k8s.io/apiserver/pkg/admission/plugin/webhook/predicates/rules`).
struct AdmissionRules: Sendable {
    private let rules: [JSONValue]

    init(_ webhook: JSONValue) {
        rules = webhook["rules"]?.arrayValue ?? []
    }

    func match(operation: String, _ resource: Resource, subresource: String) -> Bool {
        rules.contains { rule in
            Self.isAny(rule, "operations", operation) && Self.isAny(rule, "apiGroups", resource.group)
                && Self.isAny(rule, "apiVersions", resource.version) && Self.isInScope(rule, resource)
                && rule.strings("resources").contains { Self.isMeant($0, resource.plural, subresource) }
        }
    }

    private static func isAny(_ rule: JSONValue, _ field: String, _ value: String) -> Bool {
        let values = rule.strings(field)
        return values.contains("*") || values.contains(value)
    }

    /// `pods` is not `pods/status`; `*` is every resource, `*/*` every subresource as well.
    private static func isMeant(_ pattern: String, _ plural: String, _ subresource: String) -> Bool {
        let parts = pattern.split(separator: "/", maxSplits: 1).map(String.init)
        let (resource, below) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
        return (resource == "*" || resource == plural) && (below == "*" || below == subresource)
    }

    private static func isInScope(_ rule: JSONValue, _ resource: Resource) -> Bool {
        switch rule["scope"]?.stringValue {
        case "Namespaced": resource.namespaced
        case "Cluster": !resource.namespaced
        default: true
        }
    }
}
