import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// What `kubectl get` prints comes from the server as a table.
@Suite struct TableTests {
    private let table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

    @Test func printerColumns() async throws {
        let api = try await API.withWidgets()
        try await api.call(.post, Path.widgets, widget("w", ["name": "abc", "replicas": 2]))
        try await api.merge("\(Path.widgets)/w/status", ["status": ["conditions": [["type": "Ready", "status": "True"]]]])
        api.advance(.seconds(90))
        let answer = try await api.call(.get, Path.widgets, accept: table)
        let columns = (answer.body["columnDefinitions"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        #expect(columns == ["Name", "Replicas", "Ready", "Age"])
        #expect(answer.body["rows"]?[0]?["cells"] == ["w", 2, "True", "90s"])
        #expect(answer.body["rows"]?[0]?[path: "object", "kind"] == "PartialObjectMetadata")
    }

    @Test func pods() async throws {
        let world = World()
        try await world.create(Path.pods, pod("good"))
        try await world.create(Path.pods, pod("bad", annotations: ["hollow/fail": "image"]))
        #expect(try await world.run { try await world.isReady("good") })
        let answer = try await world.api.call(.get, Path.pods, accept: table)
        let cells = (answer.body["rows"]?.arrayValue ?? []).map { row in (row["cells"]?.arrayValue ?? []).prefix(4).map { $0 } }
        #expect(cells.first == ["bad", "0/1", "ErrImagePull", "0"])
        #expect(cells.last == ["good", "1/1", "Running", "0"])
    }

    @Test func partialMetadata() async throws {
        let api = API()
        try await api.call(.post, Path.configMaps, configMap("c", ["secret": "x"]))
        let answer = try await api.call(
            .get, Path.configMaps, accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
        #expect(answer.body["kind"] == "PartialObjectMetadataList")
        #expect(answer.body["items"]?[0]?["data"] == nil)
        #expect(answer.body["items"]?[0]?[path: "metadata", "name"] == "c")
    }
}
