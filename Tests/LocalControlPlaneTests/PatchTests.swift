import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// The three patch types besides apply change what they say and nothing else.
@Suite struct PatchTests {
    /// RFC 7386: null removes, objects merge, lists are replaced.
    @Test func mergePatch() async throws {
        let api = try await API.withWidgets()
        try await api.call(
            .post, Path.widgets, widget("w", ["name": "abc", "nested": ["a": "1", "b": "2"], "plain": [["x": "1"], ["x": "2"]]]))
        let answer = try await api.merge(
            "\(Path.widgets)/w", ["spec": ["nested": ["a": .null], "plain": [["x": "3"]], "mode": "B"]])
        #expect(answer.body["spec"] == ["name": "abc", "nested": ["b": "2"], "plain": [["x": "3"]], "mode": "B", "replicas": 1])
    }

    /// RFC 6902, all operations; one that fails changes nothing.
    @Test func jsonPatch() async throws {
        let api = API()
        let path = "\(Path.configMaps)/c"
        try await api.call(.post, Path.configMaps, configMap("c", ["a": "1", "b": "2"], labels: ["example.io/x": "3"]))
        let type = "application/json-patch+json"
        let answer = try await api.call(
            .patch, path,
            [
                ["op": "test", "path": "/data/a", "value": "1"], ["op": "add", "path": "/data/d", "value": "4"],
                ["op": "replace", "path": "/data/a", "value": "9"],
                ["op": "move", "from": "/metadata/labels/example.io~1x", "path": "/data/e"],
                ["op": "copy", "from": "/data/e", "path": "/data/f"], ["op": "remove", "path": "/data/d"],
            ], type: type)
        #expect(answer.body["data"] == ["a": "9", "b": "2", "e": "3", "f": "3"])
        let failed = try await api.call(
            .patch, path, [["op": "remove", "path": "/data/a"], ["op": "test", "path": "/data/e", "value": "no"]], type: type)
        #expect(failed.status == 422)
        #expect(try await api.call(.get, path).body == answer.body)
        #expect(try await api.call(.patch, path, ["op": "add"], type: type).status == 400)
    }

    /// Lists of built-in kinds merge by their key; what the server does not know comes first.
    @Test func strategicMerge() async throws {
        let api = API()
        let type = "application/strategic-merge-patch+json"
        let ports: JSONValue = [["name": "http", "port": 80], ["name": "metrics", "port": 90]]
        try await api.call(
            .post, Path.services,
            ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "s"], "spec": ["ports": ports, "selector": ["a": "b"]]])
        func names(_ answer: API.Answer) -> [String] {
            (answer.body[path: "spec", "ports"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        }
        let added = try await api.call(
            .patch, "\(Path.services)/s", ["spec": ["ports": [["port": 99, "name": "new"], ["port": 80, "targetPort": 8080]]]],
            type: type)
        #expect(names(added) == ["new", "http", "metrics"])
        #expect(added.body[path: "spec", "ports"]?[1]?["targetPort"] == 8080)
        let removed = try await api.call(
            .patch, "\(Path.services)/s", ["spec": ["ports": [["port": 99, "$patch": "delete"]]]], type: type)
        #expect(names(removed) == ["http", "metrics"])
        let ordered = try await api.call(
            .patch, "\(Path.services)/s", ["spec": ["$setElementOrder/ports": [["port": 90], ["port": 80]]]], type: type)
        #expect(names(ordered) == ["metrics", "http"])
        let replaced = try await api.call(
            .patch, "\(Path.services)/s", ["spec": ["ports": [["$patch": "replace"], ["port": 1, "name": "only"]]]], type: type)
        #expect(names(replaced) == ["only"])
    }

    /// Custom resources have no strategic merge; kubectl learns it from this answer.
    @Test func strategicMergeOfCustomResource() async throws {
        let api = try await API.withWidgets()
        try await api.call(.post, Path.widgets, widget("w", ["name": "abc"]))
        let answer = try await api.call(.patch, "\(Path.widgets)/w", ["spec": [:]], type: "application/strategic-merge-patch+json")
        #expect(answer.status == 415)
    }
}
