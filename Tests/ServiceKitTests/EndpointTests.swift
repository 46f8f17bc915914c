import CoreMetrics
import Logging
import ServiceKit
import ServiceLifecycle
import Telemetry
import Testing

/// What probes, Prometheus and a person with curl see of every service.
@Suite(.timeLimit(.minutes(5))) struct EndpointTests {
    // A closure whose only throwing calls stand inside #expect has to say that it throws.

    /// Runs the process' servers with these parts around the body.
    private func withProcess(
        parts: [any Service] = [],
        _ body: @escaping @Sendable (ServiceHost, _ health: ListenAddress, _ metrics: ListenAddress) async throws -> Void
    ) async throws {
        let host = try testHost()
        let process = try await ServiceProcess(host)
        let running = Gate()
        let group = process.group(
            parts + [
                Part("signal") {
                    running.open(); await Gate().wait()
                }
            ])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            await running.wait()
            try await body(host, process.healthAddress, process.metricsAddress)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func health() async throws {
        try await withProcess { _, health, metrics in
            let response = try await RawClient.exchange(health, "GET /health")
            #expect(response.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(response.hasSuffix("\r\n\r\nOK"))
            #expect(try await RawClient.exchange(health, "HEAD /health").hasPrefix("HTTP/1.1 200"))
            #expect(try await RawClient.exchange(health, "POST /health").hasPrefix("HTTP/1.1 405"))
            #expect(try await RawClient.exchange(health, "GET /nope").hasPrefix("HTTP/1.1 404"))
            #expect(try await RawClient.exchange(health, "GET /metrics").hasPrefix("HTTP/1.1 404"))
            #expect(try await RawClient.exchange(metrics, "GET /health").hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test func readyNamesWhatIsMissing() async throws {
        try await withProcess { host, health, _ in
            let caches = host.readiness.register("caches")
            let certificate = host.readiness.register("certificate")
            certificate.set(false, reason: "not issued yet")
            let waiting = try await RawClient.exchange(health, "GET /ready")
            #expect(waiting.hasPrefix("HTTP/1.1 503"))
            #expect(waiting.contains("not ready: caches, certificate\n"))
            #expect(waiting.contains("\ncertificate: not issued yet\n"))
            caches.set(true)
            certificate.set(true)
            let ready = try await RawClient.exchange(health, "GET /ready")
            #expect(ready.hasPrefix("HTTP/1.1 200"))
            #expect(ready.contains("\r\n\r\nOK\n"))
            #expect(ready.contains("caches: ok\n"))
            caches.set(false)
            #expect(try await RawClient.exchange(health, "GET /ready").hasPrefix("HTTP/1.1 503"))
        }
    }

    @Test func metrics() async throws {
        try await withProcess { host, _, metrics in
            Counter(
                label: "spiceai_operator_reconcile_total", dimensions: [("controller", "set"), ("result", "success")],
                factory: host.metrics
            ).increment()
            let response = try await RawClient.exchange(metrics, "GET /metrics")
            #expect(response.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
            #expect(response.contains("# TYPE spiceai_operator_reconcile_total counter\n"))
            #expect(response.contains("\nspiceai_operator_reconcile_total{controller=\"set\",result=\"success\"} 1\n"))
            #expect(
                response.contains("\nspiceai_operator_build_info{version=\"\(SuiteVersion.text)\",component=\"test-service\"} 1\n"))
            #expect(response.contains("\nprocess_resident_memory_bytes "))
        }
    }

    @Test func logLevel() async throws {
        try await withProcess { (host, _, metrics) async throws -> Void in
            #expect(try await RawClient.exchange(metrics, "GET /loglevel").hasSuffix("\r\n\r\ninfo\n"))
            #expect(try await RawClient.exchange(metrics, "PUT /loglevel", body: "debug\n").hasSuffix("\r\n\r\ndebug\n"))
            #expect(host.logLevel.current == .debug)
            #expect(try await RawClient.exchange(metrics, "POST /loglevel?level=ERROR").hasPrefix("HTTP/1.1 200"))
            #expect(host.logLevel.current == .error)
            #expect(try await RawClient.exchange(metrics, "PUT /loglevel", body: "loud").hasPrefix("HTTP/1.1 400"))
            #expect(try await RawClient.exchange(metrics, "PUT /loglevel").hasPrefix("HTTP/1.1 400"))
            #expect(host.logLevel.current == .error)
        }
    }

    /// A service adds its own routes to the health address while it is served.
    @Test func routesCanJoin() async throws {
        try await withProcess { (host, health, _) async throws -> Void in
            host.healthRoutes.update { $0.fallback = { .text("fallback \($0.path)") } }
            #expect(try await RawClient.exchange(health, "GET /default/web").hasSuffix("fallback /default/web"))
            #expect(try await RawClient.exchange(health, "GET /health").hasSuffix("OK"))
        }
    }
}
