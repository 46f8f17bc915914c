import JSON
import LocalControlPlane
import Synchronization

/// Webhooks in the test's own process: each path is answered by a closure, and everything asked is kept.
final class ScriptedWebhooks: WebhookCaller {
    typealias Answer = @Sendable (_ request: JSONValue) throws -> JSONValue

    private struct State {
        var answers: [String: Answer] = [:]
        var asked: [WebhookRequest] = []
    }

    private let state = Mutex(State())

    /// Answers reviews to `path` with the `response` that `answer` makes of their `request`; the uid is added.
    func on(_ path: String, _ answer: @escaping Answer) {
        state.withLock { $0.answers[path] = answer }
    }

    /// The `request` members of what was asked at `path`, in order.
    func asked(_ path: String) -> [JSONValue] {
        state.withLock { $0.asked.filter { $0.path == path }.compactMap { $0.review["request"] } }
    }

    var requests: [WebhookRequest] { state.withLock { $0.asked } }

    func call(_ request: WebhookRequest) async throws(WebhookFailure) -> JSONValue {
        let answer = state.withLock { state in
            state.asked.append(request)
            return state.answers[request.path]
        }
        guard let answer else { throw WebhookFailure("Post \"\(request.url)\": connection refused") }
        do {
            var review = request.review
            var response = try answer(review["request"] ?? .null)
            if response["uid"] == nil { response["uid"] = review[path: "request", "uid"] }
            review["request"] = nil
            review["response"] = response
            return review
        } catch {
            throw WebhookFailure("\(error)")
        }
    }
}
