import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Writes keep the API's promises: optimistic locking, no empty changes, generations, finalizers, immutability.
@Suite struct UpdateTests {
    /// A write based on an old version is refused.
    @Test func staleVersion() async throws {
        let api = API()
        let created = try await api.call(.post, Path.configMaps, configMap("c", ["a": "1"]))
        try await api.merge("\(Path.configMaps)/c", ["data": ["a": "2"]])
        var stale = created.body
        stale["data"] = ["a": "3"]
        let answer = try await api.call(.put, "\(Path.configMaps)/c", stale)
        #expect(answer.status == 409)
        #expect(
            answer.message
                == "Operation cannot be fulfilled on configmaps \"c\": the object has been modified; "
                + "please apply your changes to the latest version and try again")
    }

    /// A write that changes nothing makes no new version and no event.
    @Test func emptyChange() async throws {
        let api = API()
        let created = try await api.call(.post, Path.configMaps, configMap("c", ["a": "1"]))
        let before = api.server.revision
        #expect(try await api.merge("\(Path.configMaps)/c", ["data": ["a": "1"]]).version == created.version)
        #expect(try await api.call(.put, "\(Path.configMaps)/c", created.body).version == created.version)
        #expect(api.server.revision == before)
    }

    /// Quantities are compared by amount: `1024Mi` is `1Gi`.
    @Test func canonicalQuantities() async throws {
        let api = API()
        func set(_ memory: String) -> JSONValue {
            var object = statefulSet("s")
            object[path: "spec", "template", "spec", "containers"] = [
                ["name": "spiced", "image": "i:1", "resources": ["requests": ["memory": .string(memory)]]]
            ]
            return object
        }
        let first = try await api.apply("\(Path.statefulSets)/s", as: "a", set("1024Mi"))
        let second = try await api.apply("\(Path.statefulSets)/s", as: "a", set("1Gi"))
        #expect(second.version == first.version)
        let third = try await api.apply("\(Path.statefulSets)/s", as: "a", set("1024Mi"))
        #expect(third.version == first.version)
    }

    /// Only the spec counts up the generation; status goes through its own subresource.
    @Test func generation() async throws {
        let api = try await API.withWidgets()
        try await api.call(.post, Path.widgets, widget("w", ["name": "abc"]))
        let labelled = try await api.merge("\(Path.widgets)/w", ["metadata": ["labels": ["a": "b"]], "status": ["replicas": 9]])
        #expect(labelled.body[path: "metadata", "generation"] == 1)
        #expect(labelled.body["status"] == nil)
        let status = try await api.merge("\(Path.widgets)/w/status", ["status": ["replicas": 2], "spec": ["replicas": 7]])
        #expect(status.body[path: "metadata", "generation"] == 1)
        #expect(status.body[path: "spec", "replicas"] == 1)
        #expect(status.body[path: "status", "replicas"] == 2)
        let spec = try await api.merge("\(Path.widgets)/w", ["spec": ["replicas": 7]])
        #expect(spec.body[path: "metadata", "generation"] == 2)
        #expect(spec.body[path: "status", "replicas"] == 2)
    }

    /// A finalizer holds a deleted object until it is removed, and no new one may be added.
    @Test func finalizers() async throws {
        let api = API()
        var object = configMap("c", [:])
        object[path: "metadata", "finalizers"] = ["example.io/hold"]
        try await api.call(.post, Path.configMaps, object)
        let deleted = try await api.call(.delete, "\(Path.configMaps)/c")
        #expect(deleted.body[path: "metadata", "deletionTimestamp"] != nil)
        let added = try await api.merge(
            "\(Path.configMaps)/c", ["metadata": ["finalizers": ["example.io/hold", "example.io/more"]]])
        #expect(added.status == 422)
        let freed = try await api.merge("\(Path.configMaps)/c", ["metadata": ["finalizers": .null]])
        #expect(freed.status == 200)
        #expect(try await api.call(.get, "\(Path.configMaps)/c").status == 404)
    }

    /// Deletion by precondition spares an object that is not the one meant.
    @Test func preconditions() async throws {
        let api = API()
        let created = try await api.call(.post, Path.configMaps, configMap("c", [:]))
        let other = try await api.call(.delete, "\(Path.configMaps)/c", ["preconditions": ["uid": "other"]])
        #expect(other.status == 409)
        let uid = created.body[path: "metadata", "uid"] ?? ""
        let meant = try await api.call(
            .delete, "\(Path.configMaps)/c", ["preconditions": ["uid": uid, "resourceVersion": .string(created.version)]])
        #expect(meant.status == 200)
    }

    /// dryRun answers as the write would and stores nothing.
    @Test func dryRun() async throws {
        let api = API()
        let before = api.server.revision
        let created = try await api.call(.post, "\(Path.configMaps)?dryRun=All", configMap("c", ["a": "1"]))
        #expect(created.status == 201)
        #expect(api.server.revision == before)
        try await api.call(.post, Path.configMaps, configMap("c", ["a": "1"]))
        _ = try await api.call(.delete, "\(Path.configMaps)/c?dryRun=All")
        #expect(try await api.call(.get, "\(Path.configMaps)/c").status == 200)
    }

    /// Immutable ConfigMaps and StatefulSet fields stay; the message names the field.
    @Test func immutableFields() async throws {
        let api = API()
        var object = configMap("c", ["a": "1"])
        object["immutable"] = true
        try await api.call(.post, Path.configMaps, object)
        let data = try await api.merge("\(Path.configMaps)/c", ["data": ["a": "2"]])
        #expect(data.message == "ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when `immutable` is set")
        try await api.call(.post, Path.statefulSets, statefulSet("s"))
        let set = try await api.merge("\(Path.statefulSets)/s", ["spec": ["serviceName": "x"]])
        #expect(set.status == 422)
        #expect(set.message.contains("updates to statefulset spec for fields other than"))
    }

    /// A namespace on its way out takes nothing new.
    @Test func terminatingNamespace() async throws {
        let api = API()
        try await api.call(.post, "/api/v1/namespaces", ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "n"]])
        try await api.call(.delete, "/api/v1/namespaces/n")
        let answer = try await api.call(.post, "/api/v1/namespaces/n/configmaps", configMap("c", [:]))
        #expect(answer.status == 403)
        #expect(answer.body[path: "details", "causes"]?[0]?["reason"] == "NamespaceTerminating")
    }
}
