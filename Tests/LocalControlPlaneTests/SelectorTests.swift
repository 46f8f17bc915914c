import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Label and field selectors pick what they say, and refuse what they cannot read.
@Suite struct SelectorTests {
    @Test(arguments: [
        ("app=a", ["one"]), ("app==a,tier=x", ["one"]), ("app!=a", ["none", "two"]), ("app in (a,b)", ["one", "two"]),
        ("app notin (a)", ["none", "two"]), ("app", ["one", "two"]), ("!app", ["none"]), ("tier", ["one"]), ("size>3", ["two"]),
        ("size<3", ["one"]),
    ])
    func labels(_ selector: String, _ expected: [String]) async throws {
        let api = API()
        try await api.call(.post, Path.configMaps, configMap("one", [:], labels: ["app": "a", "tier": "x", "size": "1"]))
        try await api.call(.post, Path.configMaps, configMap("two", [:], labels: ["app": "b", "size": "5"]))
        try await api.call(.post, Path.configMaps, configMap("none", [:]))
        let response = try await api.transport.send(
            HTTPRequest(.get, Path.configMaps, query: [("labelSelector", selector)]))
        let items = try JSONValue(parsing: response.body)["items"]?.arrayValue ?? []
        #expect(items.compactMap { $0[path: "metadata", "name"]?.stringValue } == expected)
    }

    @Test func fields() async throws {
        let api = API()
        try await api.call(.post, Path.pods, pod("a", spec: ["nodeName": "n1"]))
        try await api.call(.post, Path.pods, pod("b"))
        func count(_ selector: String) async throws -> Int? {
            try await api.call(.get, "\(Path.pods)?fieldSelector=\(selector)").body["items"]?.arrayValue?.count
        }
        #expect(try await count("spec.nodeName=n1") == 1)
        #expect(try await count("spec.nodeName!=n1") == 1)
        #expect(try await count("metadata.name=b,status.phase=Pending") == 1)
        let unknown = try await api.call(.get, "\(Path.pods)?fieldSelector=spec.x=1")
        #expect(unknown.message == "field label not supported: spec.x")
    }

    /// Events are the same objects in both groups and are found by the object they are about.
    @Test func events() async throws {
        let api = API()
        let event: JSONValue = [
            "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": ["name": "e"], "reason": "R", "note": "n",
            "type": "Normal",
            "regarding": ["kind": "ConfigMap", "namespace": "default", "name": "a", "apiVersion": "v1"], "action": "A",
            "eventTime": "2026-01-01T00:00:00.000000Z", "reportingController": "c", "reportingInstance": "i",
        ]
        #expect(try await api.call(.post, "/apis/events.k8s.io/v1/namespaces/default/events", event).status == 201)
        let core = try await api.call(.get, "/api/v1/namespaces/default/events?fieldSelector=involvedObject.name=a,reason=R")
        #expect(core.body["items"]?[0]?["message"] == "n")
        #expect(core.body["items"]?[0]?[path: "involvedObject", "kind"] == "ConfigMap")
        let other = try await api.call(.get, "/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name=b")
        #expect(other.body["items"]?.arrayValue?.isEmpty == true)
    }

    @Test func unreadable() async throws {
        let api = API()
        let answer = try await api.call(.get, "\(Path.configMaps)?labelSelector=a in x")
        #expect(answer.message == "unable to parse requirement: found 'x' expected: '('")
    }
}
