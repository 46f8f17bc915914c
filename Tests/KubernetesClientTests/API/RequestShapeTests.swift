import JSON
import KubernetesModel
import Testing

@testable import KubernetesClient

/// Every verb's request as the API server sees it.
@Suite struct RequestShapeTests {
    private let transport = ScriptedTransport(200, #"{"metadata":{"name":"a"}}"#)
    private var client: KubernetesClient { .testing(transport) }
    private let key = ObjectKey(namespace: "ns", name: "a")

    private func last() throws -> HTTPRequest { try #require(transport.requests.last) }

    private func body() throws -> JSONValue { try JSONValue(parsing: try #require(try last().body)) }

    @Test func get() async throws {
        _ = try await client.get(.statefulSets, key, subresource: "scale")
        #expect(try last().method == .get)
        #expect(try last().target == "/apis/apps/v1/namespaces/ns/statefulsets/a/scale")
        #expect(try last().header("user-agent") == "spiceai-operator/test/0")
        #expect(try last().header("accept") == "application/json")
    }

    @Test func getTyped() async throws {
        struct Named: Decodable { var metadata: ObjectMeta }
        #expect(try await client.get(Named.self, .pods, key).metadata.name == "a")
    }

    @Test func rawGet() async throws {
        _ = try await client.get(path: "/openapi/v3", query: [("hash", "A B")])
        #expect(try last().target == "/openapi/v3?hash=A%20B")
    }

    @Test func create() async throws {
        _ = try await client.create(.pods, ["metadata": ["namespace": "ns", "name": "a"]], dryRun: true)
        #expect(try last().method == .post)
        #expect(
            try last().target == "/api/v1/namespaces/ns/pods?fieldManager=spice-test&fieldValidation=Strict&dryRun=All")
        #expect(try last().header("content-type") == "application/json")
        _ = try await client.create(.pods, key, subresource: "eviction", [:])
        #expect(try last().path == "/api/v1/namespaces/ns/pods/a/eviction")
    }

    @Test func apply() async throws {
        _ = try await client.apply(.configMaps, key, ["data": ["k": "v"]], force: true)
        #expect(try last().method == .patch)
        #expect(
            try last().target == "/api/v1/namespaces/ns/configmaps/a?fieldManager=spice-test&fieldValidation=Strict&force=true")
        #expect(try last().header("content-type") == "application/apply-patch+yaml")
        #expect(
            try body() == [
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a", "namespace": "ns"], "data": ["k": "v"],
            ])
        _ = try await client.apply(.pods, key, [:], subresource: "status", force: false, strict: false)
        #expect(try last().target == "/api/v1/namespaces/ns/pods/a/status?fieldManager=spice-test&force=false")
    }

    @Test func replace() async throws {
        _ = try await client.replace(.leases, key, ["spec": [:]])
        #expect(try last().method == .put)
        #expect(
            try last().target
                == "/apis/coordination.k8s.io/v1/namespaces/ns/leases/a?fieldManager=spice-test&fieldValidation=Strict")
    }

    @Test func patch() async throws {
        _ = try await client.patch(.pods, key, .merge(["metadata": ["labels": ["x": .null]]]))
        #expect(try last().header("content-type") == "application/merge-patch+json")
        #expect(try body() == ["metadata": ["labels": ["x": .null]]])
        let path = "/metadata/labels/" + JSONPatchOperation.escape("a/b~c")
        _ = try await client.patch(
            .pods, key, .json([.test(path, "1"), .remove(path), .add("/x", 1), .move(from: "/x", to: "/y")]))
        #expect(try last().header("content-type") == "application/json-patch+json")
        #expect(
            try body() == [
                ["op": "test", "path": "/metadata/labels/a~1b~0c", "value": "1"],
                ["op": "remove", "path": "/metadata/labels/a~1b~0c"],
                ["op": "add", "path": "/x", "value": 1], ["op": "move", "from": "/x", "path": "/y"],
            ])
    }

    @Test func delete() async throws {
        try await client.delete(
            .pods, key, preconditions: Preconditions(uid: "u", resourceVersion: "7"), propagation: .orphan, gracePeriodSeconds: 0)
        #expect(try last().method == .delete)
        #expect(try last().target == "/api/v1/namespaces/ns/pods/a")
        #expect(
            try body() == [
                "apiVersion": "v1", "kind": "DeleteOptions", "preconditions": ["uid": "u", "resourceVersion": "7"],
                "propagationPolicy": "Orphan", "gracePeriodSeconds": 0,
            ])
        try await client.delete(.namespaces, ObjectKey(name: "a"))
        #expect(try body() == ["apiVersion": "v1", "kind": "DeleteOptions"])
        #expect(try last().target == "/api/v1/namespaces/a")
    }

    @Test func watch() async throws {
        _ = try await client.watch(
            .pods, namespace: nil, selector: Selector(labels: "a=b,c in (d)", fields: "metadata.name=x"), resourceVersion: "9",
            timeout: .milliseconds(300_900))
        #expect(
            try last().target
                == "/api/v1/pods?labelSelector=a%3Db%2Cc%20in%20%28d%29&fieldSelector=metadata.name%3Dx&watch=true&resourceVersion=9&timeoutSeconds=300&allowWatchBookmarks=true"
        )
        #expect(try !last().acceptsCompression)
    }

    /// A name that would lead to another path is refused before anything is sent.
    @Test(arguments: ["", "a/b", "..", ".", "a%2Fb"]) func names(_ name: String) async throws {
        await #expect { try await client.get(.pods, ObjectKey(namespace: "ns", name: name)) } throws: {
            ($0 as? APIError)?.code == .badRequest
        }
        await #expect { try await client.delete(.pods, ObjectKey(namespace: name, name: "a")) } throws: {
            ($0 as? APIError)?.code == .badRequest
        }
        #expect(transport.requests.isEmpty)
    }
}
