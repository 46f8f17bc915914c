import JSON
import Testing

@testable import KubernetesClient

@Suite struct WatchEventTests {
    private func scan(_ line: String) throws -> WatchEvent<Item> { try WatchEvent(parsing: Array(line.utf8)) }

    /// The object may come before the type that says what it is.
    @Test func objectBeforeType() throws {
        let event = try scan(#"{"object":\#(Item.json("a", 3, "v")),"extra":[1],"type":"MODIFIED"}"#)
        guard case .modified(let item, "3") = event else { return #expect(Bool(false), "\(event)") }
        #expect(item == Item("a", "v"))
    }

    /// The version is found wherever it stands in the object, beside others of the same name.
    @Test func versionOfTheObject() throws {
        let event = try scan(
            #"{"type":"DELETED","object":{"resourceVersion":"1","spec":{"metadata":{"resourceVersion":"2"}},"metadata":{"x":{"resourceVersion":"3"},"resourceVersion":"4","name":"a"}}}"#
        )
        guard case .deleted(Item("a"), "4") = event else { return #expect(Bool(false), "\(event)") }
    }

    @Test func errorIsAStatus() throws {
        guard case .error(let status) = try scan(Item.error(410, "Expired")) else { return #expect(Bool(false)) }
        #expect(APIError(status).code == .expired)
    }

    /// What is no event is an error, never a crash or an event.
    @Test(arguments: [
        "", "{}", "[]", "null", #"{"type":"ADDED"}"#, #"{"object":{}}"#, #"{"type":"NEW","object":{}}"#,
        #"{"type":"ADDED","object":{}}"#,
        #"{"type":"ADDED","object":null}"#, #"{"type":"BOOKMARK","object":{"metadata":{}}}"#,
        #"{"type":"ADDED","object":{"metadata":{"resourceVersion":7}}}"#,
        #"{"type":"ERROR","object":7}"#, #"{"type":"ADDED","object":{"metadata":{"resourceVersion":"1"}"#,
        #"{"type":"ADDED","object":{"metadata":{"resourceVersion":"1"}}} x"#,
    ])
    func malformed(_ line: String) {
        #expect(throws: JSONError.self) { try scan(line) }
    }
}
