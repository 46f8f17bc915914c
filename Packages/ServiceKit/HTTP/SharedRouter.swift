import Synchronization

/// A router that more routes can join while its server runs: the server is bound before the service's parts exist.
public final class SharedRouter: Sendable {
    private let router: Mutex<HTTPRouter>

    public init(_ router: HTTPRouter = HTTPRouter()) {
        self.router = Mutex(router)
    }

    public func update(_ change: @Sendable (inout HTTPRouter) -> Void) {
        router.withLock { change(&$0) }
    }

    public func handle(_ request: HTTPServerRequest) async -> HTTPServerResponse {
        await router.withLock { $0 }.handle(request)
    }
}
