import Synchronization

@testable import KubernetesClient

/// A transport without a network: answers by a closure and remembers what it was asked.
final class ScriptedTransport: HTTPTransport {
    private let answer: @Sendable (HTTPRequest, _ number: Int) async throws -> HTTPResponse
    private let log = Mutex<[HTTPRequest]>([])

    init(_ answer: @escaping @Sendable (HTTPRequest, _ number: Int) async throws -> HTTPResponse) {
        self.answer = answer
    }

    /// Always the same answer.
    convenience init(_ status: Int = 200, _ body: String = "{}", headers: HTTPHeaders = [:]) {
        self.init { _, _ in HTTPResponse(status: status, headers: headers, body: Array(body.utf8)) }
    }

    var requests: [HTTPRequest] { log.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count - 1
        }
        return try await answer(request, number)
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let response = try await send(request)
        let body = Mutex(Optional(response.body))
        return HTTPStream(
            status: response.status, headers: response.headers,
            chunks: HTTPChunks {
                body.withLock { body in
                    defer { body = nil }
                    return body
                }
            })
    }
}

extension KubernetesClient {
    /// A client for tests: retries without waiting.
    static func testing(_ transport: any HTTPTransport, time: ManualTime = ManualTime()) -> KubernetesClient {
        var client = KubernetesClient(transport: transport, fieldManager: "spice-test", userAgent: "spiceai-operator/test/0")
        client.time = time.source
        return client
    }
}

extension HTTPRequest {
    func query(_ name: String) -> String? { query.first { $0.name == name }?.value }
    func header(_ name: String) -> String? { HTTPHeaders(headers)[name] }
}

/// This module's, where NIO's is imported too.
typealias HeaderFields = HTTPHeaders
