import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Pages of a list together are one moment's state, whatever happens between them.
@Suite struct PagingTests {
    @Test func consistentPages() async throws {
        let api = API()
        for name in ["a", "b", "c", "d", "e"] { try await api.call(.post, Path.configMaps, configMap(name, ["v": "1"])) }
        let first = try await api.call(.get, "\(Path.configMaps)?limit=2")
        #expect(first.body[path: "metadata", "remainingItemCount"] == 3)
        try await api.merge("\(Path.configMaps)/c", ["data": ["v": "2"]])
        try await api.call(.delete, "\(Path.configMaps)/d")
        try await api.call(.post, Path.configMaps, configMap("bb", [:]))
        var names = names(first)
        var token = first.body[path: "metadata", "continue"]?.stringValue
        while let next = token {
            let page = try await api.call(.get, "\(Path.configMaps)?limit=2&continue=\(next)")
            #expect(page.version == first.version)
            names += self.names(page)
            if let changed = page.body["items"]?.arrayValue?.first(where: { $0[path: "metadata", "name"] == "c" }) {
                #expect(changed["data"] == ["v": "1"])
            }
            token = page.body[path: "metadata", "continue"]?.stringValue
        }
        #expect(names == ["a", "b", "c", "d", "e"])
    }

    /// A page whose moment is forgotten is 410, as an HTTP status.
    @Test func expiredPage() async throws {
        let api = API()
        for name in ["a", "b", "c"] { try await api.call(.post, Path.configMaps, configMap(name, [:])) }
        let first = try await api.call(.get, "\(Path.configMaps)?limit=1")
        try await api.call(.delete, "\(Path.configMaps)/b")
        api.server.compact()
        let token = first.body[path: "metadata", "continue"]?.stringValue ?? ""
        let next = try await api.call(.get, "\(Path.configMaps)?limit=1&continue=\(token)")
        #expect(next.status == 410)
        #expect(next.body["reason"] == "Expired")
    }

    /// `resourceVersionMatch=Exact` shows the past; a version from the future is refused.
    @Test func exactVersion() async throws {
        let api = API()
        try await api.call(.post, Path.configMaps, configMap("a", [:]))
        let version = api.server.revision
        try await api.call(.post, Path.configMaps, configMap("b", [:]))
        let past = try await api.call(.get, "\(Path.configMaps)?resourceVersion=\(version)&resourceVersionMatch=Exact")
        #expect(names(past) == ["a"])
        let future = try await api.call(.get, "\(Path.configMaps)?resourceVersion=999999")
        #expect(future.status == 504)
        #expect(future.headers["Retry-After"] == "1")
    }

    private func names(_ answer: API.Answer) -> [String] {
        (answer.body["items"]?.arrayValue ?? []).compactMap { $0[path: "metadata", "name"]?.stringValue }
    }
}
