public import ServiceKit

extension HTTPRouter {
    /// The webhooks of the suite's kinds: `/validate` and `/convert`.
    public mutating func addWebhooks(
        metrics: WebhookMetrics? = nil, _ review: @escaping @Sendable (AdmissionRequest) async -> AdmissionResponse
    ) {
        addAdmission(path: "/validate", metrics: metrics, review)
        addConversion(path: "/convert", metrics: metrics, Conversion.convert)
    }
}
