import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Watches deliver every change after the version they start from, once and in order, or say that they cannot.
@Suite struct WatchTests {
    /// The events of a watch that the server ends, up to `count`.
    private func events(_ api: API, _ target: String, count: Int) async throws -> [JSONValue] {
        let stream = try await api.transport.open(api.request(.get, target))
        var events: [JSONValue] = []
        for try await chunk in stream.chunks {
            events += try chunk.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
            if events.count >= count { break }
        }
        return events
    }

    private func summary(_ events: [JSONValue]) -> [String] {
        events.map { "\($0["type"]?.stringValue ?? "") \($0[path: "object", "metadata", "name"]?.stringValue ?? "")" }
    }

    /// A watch resumed from a version gets what happened since, deletions included.
    @Test func resume() async throws {
        let api = API()
        let first = try await api.call(.post, Path.configMaps, configMap("a", [:]))
        try await api.call(.post, Path.configMaps, configMap("b", ["x": "1"]))
        try await api.merge("\(Path.configMaps)/b", ["data": ["x": "2"]])
        try await api.call(.delete, "\(Path.configMaps)/a")
        let found = try await events(api, "\(Path.configMaps)?watch=1&resourceVersion=\(first.version)", count: 3)
        #expect(summary(found) == ["ADDED b", "MODIFIED b", "DELETED a"])
    }

    /// Without a version the present objects come first, then changes as they happen.
    @Test func liveChanges() async throws {
        let api = API()
        try await api.call(.post, Path.configMaps, configMap("a", [:]))
        let stream = try await api.transport.open(api.request(.get, "\(Path.configMaps)?watch=1"))
        let chunks = stream.chunks.makeAsyncIterator()
        let initial = try JSONValue(parsing: try #require(try await chunks.next()))
        #expect(summary([initial]) == ["ADDED a"])
        try await api.call(.post, Path.configMaps, configMap("b", [:]))
        let change = try JSONValue(parsing: try #require(try await chunks.next()))
        #expect(summary([change]) == ["ADDED b"])
    }

    /// An object that begins to match a selector is ADDED, one that ceases is DELETED.
    @Test func selectorTransitions() async throws {
        let api = API()
        let created = try await api.call(.post, Path.configMaps, configMap("a", [:], labels: ["app": "no"]))
        try await api.merge("\(Path.configMaps)/a", ["metadata": ["labels": ["app": "yes"]]])
        try await api.merge("\(Path.configMaps)/a", ["data": ["x": "1"]])
        try await api.merge("\(Path.configMaps)/a", ["metadata": ["labels": ["app": "no"]]])
        let found = try await events(
            api, "\(Path.configMaps)?watch=1&labelSelector=app=yes&resourceVersion=\(created.version)", count: 3)
        #expect(summary(found) == ["ADDED a", "MODIFIED a", "DELETED a"])
    }

    /// From a forgotten version there is one ERROR event with 410, and the watch ends.
    @Test func expired() async throws {
        let api = API()
        let created = try await api.call(.post, Path.configMaps, configMap("a", [:]))
        try await api.call(.post, Path.configMaps, configMap("b", [:]))
        api.server.compact()
        let found = try await events(api, "\(Path.configMaps)?watch=1&resourceVersion=\(created.version)", count: 2)
        #expect(found.count == 1)
        #expect(found.first?["type"] == "ERROR")
        #expect(found.first?[path: "object", "code"] == 410)
        #expect(found.first?[path: "object", "reason"] == "Expired")
        #expect(api.server.watchCount == 0)
    }

    /// Bookmarks carry the present version to watches that asked for them.
    @Test func bookmarks() async throws {
        let api = API()
        let start = api.server.revision
        let stream = try await api.transport.open(
            api.request(.get, "\(Path.configMaps)?watch=1&allowWatchBookmarks=true&resourceVersion=\(start)"))
        try await api.call(
            .post, Path.services,
            ["apiVersion": "v1", "kind": "Service", "metadata": ["name": "s"], "spec": ["ports": [["port": 1]]]])
        api.server.sendBookmarks()
        let chunks = stream.chunks.makeAsyncIterator()
        let bookmark = try JSONValue(parsing: try #require(try await chunks.next()))
        #expect(bookmark["type"] == "BOOKMARK")
        #expect(bookmark[path: "object", "kind"] == "ConfigMap")
        #expect(bookmark[path: "object", "metadata", "resourceVersion"]?.stringValue == "\(api.server.revision)")
    }

    /// `sendInitialEvents` ends the present objects with a marked bookmark.
    @Test func initialEvents() async throws {
        let api = API()
        try await api.call(.post, Path.configMaps, configMap("a", [:]))
        let found = try await events(
            api, "\(Path.configMaps)?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan",
            count: 2)
        #expect(found.map { $0["type"] } == ["ADDED", "BOOKMARK"])
        #expect(found.last?[path: "object", "metadata", "annotations", "k8s.io/initial-events-end"] == "true")
    }

    /// A watch ends when its time is over, and when the server ends it.
    @Test func ends() async throws {
        let api = API()
        let timed = try await api.transport.open(
            api.request(.get, "\(Path.configMaps)?watch=1&timeoutSeconds=5&resourceVersion=\(api.server.revision)"))
        api.advance(.seconds(5))
        api.server.tick()
        for try await _ in timed.chunks { Issue.record("nothing happened") }
        let open = try await api.transport.open(
            api.request(.get, "\(Path.configMaps)?watch=1&resourceVersion=\(api.server.revision)"))
        api.server.endWatches()
        for try await _ in open.chunks { Issue.record("nothing happened") }
        #expect(api.server.watchCount == 0)
    }

    /// A client that lets go of its watch is forgotten.
    @Test func abandoned() async throws {
        let api = API()
        do {
            let stream = try await api.transport.open(
                api.request(.get, "\(Path.configMaps)?watch=1&resourceVersion=\(api.server.revision)"))
            #expect(api.server.watchCount == 1)
            _ = stream
        }
        #expect(api.server.watchCount == 0)
    }
}
