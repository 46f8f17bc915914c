import JSON
public import KubernetesClient
import Synchronization

/// What tests put between the clients and the server, and what sees the requests go by.
public final class Faults: Sendable {
    private struct State {
        var intercept: (@Sendable (HTTPRequest) -> HTTPResponse?)?
        var audit: (@Sendable (String) -> Void)?
    }

    private let state = Mutex(State())

    /// Answers in the server's place where `body` gives a response; nil to stop.
    public func intercept(_ body: (@Sendable (HTTPRequest) -> HTTPResponse?)?) {
        state.withLock { $0.intercept = body }
    }

    /// Receives a JSON line a request, with the keys of Kubernetes' audit log.
    public func audit(_ body: (@Sendable (String) -> Void)?) {
        state.withLock { $0.audit = body }
    }

    func response(to request: APIRequest) -> APIResponse? {
        guard let intercept = state.withLock({ $0.intercept }), let method = HTTPRequest.Method(rawValue: request.method),
            let found = intercept(
                HTTPRequest(method, request.path, query: request.query, headers: request.headers, body: request.body))
        else { return nil }
        var response = APIResponse(found.status, text: "")
        response.headers = found.headers.fields
        response.body = found.body
        return response
    }

    func record(_ line: @autoclosure () -> JSONValue) {
        guard let audit = state.withLock({ $0.audit }) else { return }
        audit(line().text)
    }
}
