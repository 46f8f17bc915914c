import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// A CRD remembers which versions objects may be stored in until somebody has migrated them.
@Suite struct StoredVersionTests {
    private static let crd = "\(Gadgets.definitions)/gadgets.example.io"

    @Test func migration() async throws {
        let (api, _) = try await Gadgets.served(storage: "v1")
        try await api.call(.post, Gadgets.v1, Gadgets.gadget("a", ["size": 3]))
        let versions = Gadgets.definition(storage: "v2")["spec"]?["versions"] ?? .null
        let switched = try await api.merge(Self.crd, ["spec": ["versions": versions]])
        #expect(switched.body[path: "status", "storedVersions"] == ["v1", "v2"])

        let dropped = try await api.merge(Self.crd, ["spec": ["versions": .array(versions.arrayValue?.suffix(1) ?? [])]])
        #expect(dropped.status == 422)
        #expect(dropped.message.contains("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions"))

        // An update that changes nothing rewrites the object in the stored version; once more, and nothing happens.
        let before = try await api.call(.get, "\(Gadgets.v2)/a")
        #expect(before.body[path: "spec", "shape", "size"] == 3)
        let rewritten = try await api.call(.put, "\(Gadgets.v2)/a", before.body)
        #expect(rewritten.version != before.version)
        let again = try await api.call(.put, "\(Gadgets.v2)/a", rewritten.body)
        #expect(again.version == rewritten.version)

        let cleaned = try await api.merge("\(Self.crd)/status", ["status": ["storedVersions": ["v2"]]])
        #expect(cleaned.status == 200, "\(cleaned.message)")
        let removed = try await api.merge(Self.crd, ["spec": ["versions": .array(versions.arrayValue?.suffix(1) ?? [])]])
        #expect(removed.status == 200, "\(removed.message)")
        #expect(try await api.call(.get, Gadgets.v1).status == 404)
        #expect(try await api.call(.get, "\(Gadgets.v2)/a").body[path: "spec", "shape", "size"] == 3)
    }

    @Test(
        arguments: [
            (
                ["strategy": "Webhook"],
                "[spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook, "
                    + "spec.conversion.conversionReviewVersions: Required value]"
            ),
            (
                ["strategy": "Webhook", "webhook": ["conversionReviewVersions": ["v1"], "clientConfig": [:]]],
                "spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required"
            ),
            (
                ["strategy": "None", "webhook": ["conversionReviewVersions": ["v1"]]],
                "should not be set when strategy is not set to Webhook"
            ),
        ] as [(JSONValue, String)]) func badConversion(_ conversion: JSONValue, _ problem: String) async throws
    {
        let api = API()
        let answer = try await api.call(.post, Gadgets.definitions, Gadgets.definition(conversion: conversion))
        #expect(answer.status == 422)
        #expect(answer.message.contains(problem), "\(answer.message)")
    }
}
