import JSON
import Testing

/// Codable types go through the tree unchanged, and an error names the path of the field.
@Suite struct TreeCoderTests {
    private struct Inner: Codable, Equatable {
        var port: Int32
        var note: String?
    }

    private struct Outer: Codable, Equatable {
        var items: [Inner]
        var free: JSONValue?
        var map: [String: Bool]?
    }

    @Test func roundTrip() throws {
        let value = Outer(
            items: [Inner(port: 1, note: nil), Inner(port: 2, note: "x")], free: ["deep": [1, 2.5]], map: ["a": true])
        let tree = try JSONTreeEncoder().encode(value)
        #expect(tree == ["items": [["port": 1], ["port": 2, "note": "x"]], "free": ["deep": [1, 2.5]], "map": ["a": true]])
        #expect(try JSONTreeDecoder().decode(Outer.self, from: tree) == value)
    }

    @Test(arguments: [
        (#"{"items":[{"port":1},{"port":"x"}]}"#, "items[1].port", "expected an integer, found string"),
        (#"{"items":[{}]}"#, "items[0].port", "is required"),
        (#"{"items":[{"port":4294967296}]}"#, "items[0].port", "4294967296 is not between -2147483648 and 2147483647"),
        (#"{"items":{}}"#, "items", "expected an array, found object"),
        (#"{"items":[],"map":{"a":1}}"#, "map.a", "expected true or false, found integer"),
    ])
    func errorsNameThePath(document: String, path: String, message: String) throws {
        let tree = try JSONValue(parsing: document)
        #expect { try JSONTreeDecoder().decode(Outer.self, from: tree) } throws: {
            guard let error = $0 as? JSONError else { return false }
            return error.path == path && error.message == message
        }
    }
}
