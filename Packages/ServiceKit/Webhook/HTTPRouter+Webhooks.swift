public import JSON
import KubernetesClient

extension HTTPRouter {
    /// Answers admission reviews sent to `path`.
    public mutating func addAdmission(
        path: String, metrics: WebhookMetrics? = nil,
        _ review: @escaping @Sendable (AdmissionRequest) async -> AdmissionResponse
    ) {
        addReview(path, metrics) { (body) async throws(MalformedReview) -> [UInt8] in
            let request = try AdmissionRequest(review: body)
            return await review(request).review(uid: request.uid)
        }
    }

    /// Answers conversion reviews sent to `path`.
    public mutating func addConversion(
        path: String, metrics: WebhookMetrics? = nil, _ convert: @escaping @Sendable (JSONValue, String) throws -> JSONValue
    ) {
        addReview(path, metrics) { (body) throws(MalformedReview) -> [UInt8] in
            try ConversionRequest(review: body).review(convert)
        }
    }

    private mutating func addReview(
        _ path: String, _ metrics: WebhookMetrics?,
        _ answer: @escaping @Sendable ([UInt8]) async throws(MalformedReview) -> [UInt8]
    ) {
        on("POST", path: path) { request in
            let start = ContinuousClock.now
            let response: HTTPServerResponse
            if !Self.isJSON(request.headers["content-type"]) {
                response = .text("unsupported media type, send application/json\n", status: 415)
            } else {
                do throws(MalformedReview) {
                    response = HTTPServerResponse(contentType: "application/json", try await answer(request.body))
                } catch {
                    response = .text("\(error)\n", status: 400)
                }
            }
            metrics?.answered(path: path, status: response.status, duration: ContinuousClock.now - start)
            return response
        }
    }

    /// Parameters such as a charset do not matter: JSON is UTF-8.
    private static func isJSON(_ contentType: String?) -> Bool {
        let type = contentType?.split(separator: ";", maxSplits: 1).first.map { $0.filter { $0 != " " }.lowercased() }
        return type == "application/json"
    }
}
