import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Nobody's field is changed unasked: conflicts name owner and field as a real API server does.
@Suite struct ApplyConflictTests {
    @Test func oneConflict() async throws {
        let api = try await API.withWidgets()
        _ = try await api.call(.post, Path.widgets, widget("w", ["name": "abc", "nested": ["a": "1"]]))
        let answer = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["nested": ["a": "2"]]))
        #expect(answer.status == 409)
        #expect(answer.body["reason"] == "Conflict")
        #expect(answer.message == "Apply failed with 1 conflict: conflict with \"tests\" using example.io/v1: .spec.nested.a")
        let cause: JSONValue = [
            "reason": "FieldManagerConflict", "message": "conflict with \"tests\" using example.io/v1", "field": ".spec.nested.a",
        ]
        #expect(answer.body[path: "details", "causes"] == [cause])
    }

    @Test func severalConflicts() async throws {
        let api = try await API.withWidgets()
        _ = try await api.apply(
            "\(Path.widgets)/w", as: "a", widget("w", ["name": "abc", "replicas": 1, "ports": [["name": "x", "port": 1]]]))
        let answer = try await api.apply(
            "\(Path.widgets)/w", as: "b", widget("w", ["replicas": 2, "ports": [["name": "x", "port": 2]]]))
        #expect(
            answer.message
                == "Apply failed with 2 conflicts: conflicts with \"a\":\n- .spec.replicas\n- .spec.ports[name=\"x\"].port")
    }

    /// The same value is shared, not fought over.
    @Test func sharedValue() async throws {
        let api = try await API.withWidgets()
        _ = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["name": "abc", "replicas": 2]))
        let answer = try await api.apply("\(Path.widgets)/w", as: "b", widget("w", ["replicas": 2]))
        #expect(answer.status == 200)
        #expect(answer.body[path: "metadata", "managedFields"]?.arrayValue?.count == 2)
    }

    /// Force takes the field over; the former owner keeps the rest.
    @Test func force() async throws {
        let api = try await API.withWidgets()
        _ = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["name": "abc", "replicas": 1]))
        let answer = try await api.apply("\(Path.widgets)/w", as: "b", force: true, widget("w", ["replicas": 2]))
        #expect(answer.status == 200)
        #expect(answer.body[path: "spec", "replicas"] == 2)
        let owners = answer.body[path: "metadata", "managedFields"]?.arrayValue ?? []
        #expect(owners.first { $0["manager"] == "a" }?["fieldsV1"] == ["f:spec": ["f:name": [:]]])
        #expect(owners.first { $0["manager"] == "b" }?["fieldsV1"] == ["f:spec": ["f:replicas": [:]]])
    }

    /// An unknown field, a wrong type and a stale resourceVersion are refused in the real server's words.
    @Test func refusals() async throws {
        let api = try await API.withWidgets()
        let unknown = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["name": "abc", "bogus": 1]))
        #expect(unknown.status == 500)
        #expect(
            unknown.message
                == "failed to create typed patch object (/w; example.io/v1, Kind=Widget): .spec.bogus: field not declared in schema"
        )
        let type = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["replicas": "x"]))
        #expect(type.message.hasSuffix(".spec.replicas: expected numeric (int or float), got string"))
        _ = try await api.apply("\(Path.widgets)/w", as: "a", widget("w", ["name": "abc"]))
        var stale = widget("w", ["name": "abc"])
        stale[path: "metadata", "resourceVersion"] = "1"
        #expect(try await api.apply("\(Path.widgets)/w", as: "a", stale).status == 409)
        let anonymous = try await api.call(.patch, "\(Path.widgets)/w", widget("w", [:]), type: "application/apply-patch+yaml")
        #expect(
            anonymous.message
                == "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")
    }
}
