import JSON
import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite struct ListTests {
    private static func response(_ text: String, _ status: Int = 200) -> HTTPResponse {
        HTTPResponse(status: status, body: Array(text.utf8))
    }

    /// All pages are read, in order; the items say what they are.
    @Test func pages() async throws {
        let transport = ScriptedTransport { request, number in
            #expect(request.query("continue") == [nil, "t1", "t2"][number])
            #expect(request.query("limit") == "2")
            return Self.response(
                Item.list(9, [#"{"metadata":{"name":"p\#(number)"}}"#], continue: number < 2 ? "t\(number + 1)" : ""))
        }
        let list = try await KubernetesClient.testing(transport).list(.pods, namespace: "ns", limit: 2)
        #expect(list.items.map { $0[path: "metadata", "name"] } == ["p0", "p1", "p2"])
        #expect(list.items.allSatisfy { $0["kind"] == "Pod" && $0["apiVersion"] == "v1" })
        #expect(list.resourceVersion == "9")
        #expect(transport.requests.allSatisfy { $0.acceptsCompression })
    }

    /// A list that expires between its pages begins anew once, and only once.
    @Test func expiry() async throws {
        let transport = ScriptedTransport { request, number in
            switch number {
            case 0, 2: Self.response(Item.list(number, [Item.json("p\(number)", 1)], continue: "t"))
            case 1: Self.response(Item.status(410, "Expired"), 410)
            default: Self.response(Item.list(3, [Item.json("p3", 1)]))
            }
        }
        let list = try await KubernetesClient.testing(transport).list(Item.self, .pods, namespace: nil)
        #expect(list.items.map(\.name) == ["p2", "p3"])

        let hopeless = ScriptedTransport { request, _ in
            request.query("continue") == nil
                ? Self.response(Item.list(1, [], continue: "t")) : Self.response(Item.status(410, "Expired"), 410)
        }
        await #expect { try await KubernetesClient.testing(hopeless).list(.pods, namespace: nil) } throws: {
            ($0 as? APIError)?.code == .expired
        }
        #expect(hopeless.requests.count == 4)
    }

    /// `items: null` is an empty list; a body without items is none.
    @Test func shapes() async throws {
        let empty = ScriptedTransport(200, #"{"kind":"PodList","metadata":{"resourceVersion":"1"},"items":null}"#)
        #expect(try await KubernetesClient.testing(empty).list(.pods, namespace: nil).items.isEmpty)
        for body in ["{}", "", "[]", #"{"items":[1}"#, #"{"items":{}}"#] {
            await #expect {
                try await KubernetesClient.testing(ScriptedTransport(200, body)).list(Item.self, .pods, namespace: nil)
            } throws: {
                ($0 as? APIError)?.code == .decoding
            }
        }
    }
}
