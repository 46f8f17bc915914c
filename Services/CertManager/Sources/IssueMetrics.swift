import CoreMetrics

/// Counts certificates that were issued.
struct IssueMetrics: Sendable {
    enum Kind: String, Sendable {
        case authority = "ClusterAuthority"
        case leaf = "ClusterNode"
        case webhookAuthority = "ServingAuthority"
        case serving = "Serving"
    }

    func issued(_ kind: Kind, _ reason: IssueReason) {
        Counter(
            label: "spiceai_operator_certificates_issued_total", dimensions: [("kind", kind.rawValue), ("reason", reason.rawValue)]
        ).increment()
    }
}
