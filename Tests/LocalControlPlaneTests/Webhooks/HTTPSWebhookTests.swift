import JSON
import KubernetesClient
import LocalControlPlane
import NIOHTTP1
import Testing

/// Webhooks are reached over TLS at a URL or through a Service, and only believed with the certificate that the bundle vouches for.
@Suite struct HTTPSWebhookTests {
    @Test func byURL() async throws {
        try await WebhookServer.with(Self.convert) { server in
            let url = "https://localhost:\(server.port)/convert"
            let api = try await Self.api(["url": .string(url), "caBundle": .string(server.bundle)])
            for size in 1...3 {
                let created = try await api.call(.post, Gadgets.v1, Gadgets.gadget("g\(size)", ["size": .int(Int64(size))]))
                #expect(created.status == 201, "\(created.message)")
            }
            let list = try await api.call(.get, Gadgets.v1)
            #expect(list.body["items"]?.arrayValue?.compactMap { $0[path: "spec", "size"] } == [1, 2, 3])
        }
    }

    /// The endpoints of a Service are called under the Service's name.
    @Test func byService() async throws {
        try await WebhookServer.with(Self.convert) { server in
            let api = try await Self.api([
                "service": ["namespace": "default", "name": "kubernetes", "path": "/convert"],
                "caBundle": .string(server.bundle),
            ])
            let without = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
            #expect(
                without.message
                    == "conversion webhook for example.io/v1, Kind=Gadget failed: "
                    + "Post \"https://kubernetes.default.svc:443/convert?timeout=30s\": "
                    + "no endpoints available for service \"kubernetes\"")
            try await api.call(
                .post, "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                [
                    "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                    "metadata": ["name": "kubernetes", "labels": ["kubernetes.io/service-name": "kubernetes"]],
                    "addressType": "IPv4", "endpoints": [["addresses": ["127.0.0.1"]]],
                    "ports": [["name": "https", "port": .int(Int64(server.port))]],
                ])
            let created = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
            #expect(created.status == 201, "\(created.message)")
        }
    }

    /// An ExternalName is followed, and its certificate still has to name the Service.
    @Test func byExternalName() async throws {
        try await WebhookServer.with(Self.convert) { server in
            let api = try await Self.api([
                "service": ["namespace": "default", "name": "hook", "path": "/convert", "port": .int(Int64(server.port))],
                "caBundle": .string(server.bundle),
            ])
            let missing = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
            #expect(missing.message.hasSuffix("service \"hook\" not found"), "\(missing.message)")
            try await api.call(
                .post, Path.services,
                [
                    "apiVersion": "v1", "kind": "Service", "metadata": ["name": "hook"],
                    "spec": ["type": "ExternalName", "externalName": "localhost"],
                ])
            let wrongName = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
            #expect(wrongName.status == 500)
            #expect(wrongName.message.contains("hook.default.svc"), "\(wrongName.message)")
        }
    }

    @Test func foreignAuthority() async throws {
        try await WebhookServer.with(Self.convert) { server in
            let other = try Certificates.make(addresses: []).authority
            let api = try await Self.api([
                "url": .string("https://localhost:\(server.port)/convert"),
                "caBundle": .string(Hooks.base64(Array(other.utf8))),
            ])
            let refused = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
            #expect(refused.status == 500)
            #expect(
                refused.message.hasPrefix("conversion webhook for example.io/v1, Kind=Gadget failed: Post "), "\(refused.message)")
        }
    }

    /// A status other than 2xx, and silence past the timeout, are failures of the call.
    @Test func failures() async throws {
        try await WebhookServer.with({ _, _ in (.internalServerError, ["kind": "Status", "message": "inner trouble"]) }) { server in
            let api = try await Self.api([
                "url": .string("https://localhost:\(server.port)/convert"), "caBundle": .string(server.bundle),
            ])
            let refused = try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
            #expect(refused.message == "conversion webhook for example.io/v1, Kind=Gadget failed: inner trouble")
        }
        try await WebhookServer.with(isSilent: true, Self.convert) { server in
            let api = API(webhooks: HTTPSWebhookCaller())
            let client: JSONValue = ["url": .string("https://localhost:\(server.port)/x"), "caBundle": .string(server.bundle)]
            try await Hooks.install(
                [Hooks.webhook("slow", ["clientConfig": client, "timeoutSeconds": 1])], Hooks.validating, in: api)
            let late = try await api.call(.post, Path.configMaps, configMap("a", [:]))
            #expect(late.status == 500)
            #expect(late.message.hasSuffix("/x?timeout=1s\": context deadline exceeded"), "\(late.message)")
        }
    }

    private static let convert: WebhookServer.Answer = { path, review in
        guard path == "/convert?timeout=30s", let request = review["request"] else { return (.notFound, .null) }
        var response = Gadgets.respond(request)
        response["uid"] = request["uid"]
        return (.ok, ["apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview", "response": response])
    }

    private static func api(_ client: JSONValue) async throws -> API {
        let api = API(webhooks: HTTPSWebhookCaller())
        let conversion: JSONValue = [
            "strategy": "Webhook", "webhook": ["conversionReviewVersions": ["v1"], "clientConfig": client],
        ]
        let created = try await api.call(.post, Gadgets.definitions, Gadgets.definition(conversion: conversion))
        try #require(created.status == 201, "\(created.message)")
        return api
    }
}
