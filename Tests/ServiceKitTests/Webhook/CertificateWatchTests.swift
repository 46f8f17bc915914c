import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import PKI
import ServiceKit
import Synchronization
import Telemetry
import Testing

/// The serving certificate and the readiness follow the cluster: a Secret that comes, changes, breaks and goes, bundles that come
/// later, and time.
@Suite(.timeLimit(.minutes(5))) struct CertificateWatchTests {
    private final class Cluster: Sendable {
        let server = APIServer()
        let readiness = Readiness()
        let context = ServingContext()
        let secret = ObjectKey(namespace: "spiceai-operator-system", name: "hook-tls")
        let time = Mutex<Timestamp>(WallClock.now())
        let refused = Mutex<Set<String>>([])

        var client: KubernetesClient {
            var client = KubernetesClient(
                transport: Gatekeeper(inner: InProcessTransport(server), refused: { self.refused.withLock { $0 } }),
                fieldManager: "tests", userAgent: "tests")
            let system = TimeSource.system
            client.time = TimeSource(
                now: system.now, sleep: { try await system.sleep(min($0, .milliseconds(20))) }, random: system.random)
            return client
        }

        func follow(_ body: @escaping @Sendable () async throws -> Void) async throws {
            _ = try await client.create(
                .namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(secret.namespace)]])
            let watch = CertificateWatch(
                secret: secret, context: context, client: client, readiness: readiness.register("webhook-certificate"),
                metrics: WebhookMetrics(MetricsRegistry()), logger: quietLogger(), wall: { self.time.withLock { $0 } })
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try? await watch.run() }
                defer { tasks.cancelAll() }
                try await body()
            }
        }

        func put(_ pair: Issuer.Pair) async throws {
            _ = try await client.apply(
                .secrets, secret,
                ["type": "Opaque", "stringData": ["tls.crt": .string(text(pair.chain)), "tls.key": .string(text(pair.key))]],
                force: true)
        }

        func configure(_ bundle: [UInt8]?, name: String = "hooks") async throws {
            var webhook: JSONValue = [
                "name": "hook.spice.ai", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                "clientConfig": ["service": ["name": "hook", "namespace": .string(secret.namespace)]],
            ]
            if let bundle { webhook[path: "clientConfig", "caBundle"] = .string(Base64.encode(bundle)) }
            _ = try await client.apply(
                .validatingWebhookConfigurations, ObjectKey(name: name),
                ["metadata": ["labels": ["spice.ai/serving-certificate": .string(secret.name)]], "webhooks": [webhook]],
                force: true, strict: false)
        }

        /// Waits for a line of `/ready`.
        func expect(_ line: String) async {
            let deadline = ContinuousClock.now + .seconds(30)
            while !readiness.report.text.contains(line), ContinuousClock.now < deadline {
                try? await Task.sleep(for: .milliseconds(2))
            }
            #expect(readiness.report.text.contains(line))
        }

        private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    }

    /// Refuses to list some kinds, as an API server without the permission does, or without the kind.
    private struct Gatekeeper: HTTPTransport {
        let inner: InProcessTransport
        let refused: @Sendable () -> Set<String>

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            guard let kind = refused().first(where: { request.path.hasSuffix("/\($0)") }) else {
                return try await inner.send(request)
            }
            let status = kind == "secrets" ? 403 : 404
            let body: JSONValue = ["kind": "Status", "status": "Failure", "code": .int(Int64(status)), "message": "no"]
            return HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: body.serialized())
        }

        func open(_ request: HTTPRequest) async throws -> HTTPStream { try await inner.open(request) }
    }

    @Test func withoutWebhooksTheServiceIsReady() async throws {
        let cluster = Cluster()
        try await cluster.follow { await cluster.expect("webhook-certificate: ok, webhooks are not installed") }
    }

    @Test func certificateArrivesThenItsBundle() async throws {
        let (cluster, issuer) = (Cluster(), try Issuer())
        try await cluster.configure(nil)
        try await cluster.follow {
            await cluster.expect("webhook-certificate: the Secret spiceai-operator-system/hook-tls does not exist")
            try await cluster.put(try issuer.issue(names: [.dns("hook.spiceai-operator-system.svc")]))
            await cluster.expect("ValidatingWebhookConfiguration hooks webhooks[0] has no caBundle")
            try await cluster.configure(try issuer.bundle)
            await cluster.expect("webhook-certificate: ok\n")
        }
    }

    @Test func certificateIsReplacedAndABrokenOneIsNot() async throws {
        let (cluster, old, new) = (Cluster(), try Issuer("old"), try Issuer("new"))
        let (first, second) = (try old.issue(), try new.issue())
        try await cluster.follow {
            try await cluster.put(first)
            try await cluster.configure(try old.bundle)
            await cluster.expect("webhook-certificate: ok")
            try await cluster.put(second)
            await cluster.expect("does not trust the certificate")
            try await cluster.configure(try old.bundle + new.bundle)
            await cluster.expect("webhook-certificate: ok")
            try await cluster.put(Issuer.Pair(chain: first.chain, key: second.key))
            await cluster.expect("the last good certificate is used")
            #expect(cluster.context.certificate?.chain == (try second.serving().chain))
            _ = try await cluster.client.delete(.secrets, cluster.secret)
            await cluster.expect("was deleted; the last good certificate is used")
            #expect(cluster.context.certificate?.chain == (try second.serving().chain))
            try await cluster.put(first)
            await cluster.expect("webhook-certificate: ok, ValidatingWebhookConfiguration hooks calls")
            #expect(cluster.context.certificate?.chain == (try first.serving().chain))
        }
    }

    /// Nobody writes anything when a certificate runs out.
    @Test func certificateRunsOut() async throws {
        let (cluster, issuer) = (Cluster(), try Issuer())
        try await cluster.follow {
            try await cluster.put(try issuer.issue())
            await cluster.expect("webhook-certificate: ok")
            cluster.time.withLock { $0 = $0 + .seconds(11 * 3600) }
            await cluster.expect("hook-tls expired at")
            cluster.time.withLock { $0 = $0 + .seconds(-11 * 3600) }
            await cluster.expect("webhook-certificate: ok")
        }
    }

    @Test func configurationsOfOthersDoNotCount() async throws {
        let (cluster, issuer) = (Cluster(), try Issuer())
        try await cluster.follow {
            try await cluster.put(try issuer.issue())
            try await cluster.configure(try Issuer("other").bundle, name: "theirs")
            await cluster.expect("does not trust the certificate")
            _ = try await cluster.client.apply(
                .validatingWebhookConfigurations, ObjectKey(name: "theirs"), ["webhooks": []], force: true, strict: false)
            await cluster.expect("webhook-certificate: ok, no webhook configuration points here")
        }
    }

    @Test func whatMayNotBeReadDoesNotBlock() async throws {
        let (cluster, issuer) = (Cluster(), try Issuer())
        cluster.refused.withLock { $0 = ["secrets", "mutatingwebhookconfigurations"] }
        try await cluster.follow {
            await cluster.expect("webhook-certificate: ok, webhooks are not installed")
            try await cluster.configure(try issuer.bundle)
            await cluster.expect("webhook-certificate: may not read the Secret")
            try await cluster.put(try issuer.issue(names: [.dns("hook.spiceai-operator-system.svc")]))
            cluster.refused.withLock { $0 = ["mutatingwebhookconfigurations"] }
            await cluster.expect("webhook-certificate: ok, some webhook configurations may not be read")
            cluster.refused.withLock { $0 = [] }
            await cluster.expect("webhook-certificate: ok\n")
        }
    }
}
