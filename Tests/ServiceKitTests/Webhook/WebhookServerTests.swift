import NIOPosix
import NIOSSL
import ServiceKit
import ServiceLifecycle
import Testing

/// Reviews are answered over TLS, and a new certificate reaches new connections without a word to the old ones.
@Suite(.timeLimit(.minutes(5))) struct WebhookServerTests {
    private func withWebhook(
        _ context: ServingContext, _ body: @escaping @Sendable (ListenAddress) async throws -> Void
    ) async throws {
        var routes = HTTPRouter()
        routes.addAdmission(path: "/validate") { .allow(warnings: [$0.name]) }
        let server = try await WebhookServer.bind(
            address: ListenAddress(host: "127.0.0.1", port: 0), context: context, routes: routes,
            group: MultiThreadedEventLoopGroup.singleton, logger: quietLogger())
        try await serving(server, body)
    }

    private static func review(padding: Int = 0) -> String {
        let start = """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","name":"web"}
            """
        return start + String(repeating: " ", count: padding) + "}"
    }

    private static func post(_ body: String, path: String = "/validate", type: String = "application/json") -> String {
        "POST \(path)?timeout=10s HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func reviewIsAnswered() async throws {
        let issuer = try Issuer()
        let context = ServingContext()
        context.install(try issuer.issue().serving())
        try await withWebhook(context) { address in
            let client = try await RawClient.connect(address, tls: try issuer.client)
            for _ in 0..<2 {
                try await client.send(Self.post(Self.review(), type: "Application/JSON; charset=utf-8"))
                let answer = try await client.read(until: "}}")
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                #expect(answer.contains(#""allowed":true,"uid":"u","warnings":["web"]"#))
            }
        }
    }

    @Test func newCertificateGreetsNewConnectionsAndDropsNone() async throws {
        let (old, new) = (try Issuer("old"), try Issuer("new"))
        let context = ServingContext()
        context.install(try old.issue().serving())
        try await withWebhook(context) { address in
            let before = try await RawClient.connect(address, tls: try old.client)
            try await before.send(Self.post(Self.review()))
            _ = try await before.read(until: "}}")
            context.install(try new.issue().serving())
            let after = try await RawClient.connect(address, tls: try new.client)
            try await after.send(Self.post(Self.review()))
            #expect(try await after.read(until: "}}").hasPrefix("HTTP/1.1 200"))
            try await before.send(Self.post(Self.review()))
            #expect(try await before.read(until: "}}").hasPrefix("HTTP/1.1 200"))
            let stranger = try await RawClient.connect(address, tls: try old.client)
            try? await stranger.send(Self.post(Self.review()))
            #expect(await stranger.readToEnd() == "")
        }
    }

    @Test func connectionsWaitForACertificate() async throws {
        let issuer = try Issuer()
        let context = ServingContext()
        try await withWebhook(context) { address in
            let early = try await RawClient.connect(address, tls: try issuer.client)
            try? await early.send(Self.post(Self.review()))
            #expect(await early.readToEnd() == "")
            context.install(try issuer.issue().serving())
            let client = try await RawClient.connect(address, tls: try issuer.client)
            try await client.send(Self.post(Self.review()))
            #expect(try await client.read(until: "}}").hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func bodiesEndAtThreeMebibytes() async throws {
        let issuer = try Issuer()
        let context = ServingContext()
        context.install(try issuer.issue().serving())
        try await withWebhook(context) { address in
            let space = (3 << 20) - Self.review().utf8.count
            let client = try await RawClient.connect(address, tls: try issuer.client)
            try await client.send(Self.post(Self.review(padding: space)))
            #expect(try await client.read(until: "}}").hasPrefix("HTTP/1.1 200"))
            try? await client.send(Self.post(Self.review(padding: space + 1)))
            #expect(await client.readToEnd().hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func otherRequestsAreRefused() async throws {
        let issuer = try Issuer()
        let context = ServingContext()
        context.install(try issuer.issue().serving())
        try await withWebhook(context) { address in
            let client = try await RawClient.connect(address, tls: try issuer.client)
            for (request, status) in [
                (Self.post(Self.review(), type: "text/plain"), "415"), (Self.post("{"), "400"), (Self.post(""), "400"),
                (Self.post(Self.review(), path: "/convert"), "404"), ("GET /validate HTTP/1.1\r\nHost: x\r\n\r\n", "405"),
                (Self.post(Self.review()), "200"),
            ] {
                try await client.send(request)
                #expect(try await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test func plainTextAndOldProtocolsAreCutOff() async throws {
        let issuer = try Issuer()
        let context = ServingContext()
        context.install(try issuer.issue().serving())
        try await withWebhook(context) { address in
            let plain = try await RawClient.connect(address)
            try await plain.send(Self.post(Self.review()))
            #expect(!(await plain.readToEnd().contains("200")))
            var old = try issuer.client
            (old.minimumTLSVersion, old.maximumTLSVersion) = (.tlsv1, .tlsv11)
            let client = try await RawClient.connect(address, tls: old)
            try? await client.send(Self.post(Self.review()))
            #expect(await client.readToEnd() == "")
        }
    }
}
