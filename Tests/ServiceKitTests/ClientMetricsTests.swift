import KubernetesClient
import KubernetesModel
import ServiceKit
import Telemetry
import Testing

/// Every request of the client shows in the metrics, by code, method and resource.
@Suite struct ClientMetricsTests {
    private struct Canned: HTTPTransport {
        var status: Int

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            HTTPResponse(status: status, headers: [:], body: Array("{}".utf8))
        }

        func open(_ request: HTTPRequest) async throws -> HTTPStream { throw CancellationError() }
    }

    @Test func requestsAreCounted() async throws {
        let registry = MetricsRegistry()
        registry.declare(StandardMetrics.families)
        let metrics = ClientMetrics(registry)
        let key = ObjectKey(namespace: "a", name: "b")
        func client(_ status: Int) -> KubernetesClient {
            KubernetesClient(transport: Canned(status: status), fieldManager: "m", userAgent: "u", observer: metrics)
        }
        _ = try await client(200).get(.pods, key)
        _ = try await client(200).get(.pods, key)
        _ = try? await client(404).get(.services, key)
        let text = String(decoding: PrometheusText.render(await registry.snapshot()), as: UTF8.self)
        #expect(text.contains("\nrest_client_requests_total{code=\"200\",method=\"GET\",resource=\"pods\"} 2\n"))
        #expect(text.contains("\nrest_client_requests_total{code=\"404\",method=\"GET\",resource=\"services\"} 1\n"))
        #expect(text.contains("\nrest_client_request_duration_seconds_count{verb=\"get\",resource=\"pods\"} 2\n"))
    }
}
