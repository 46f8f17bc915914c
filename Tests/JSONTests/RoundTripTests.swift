import JSON
import Testing

/// A tree written and read again is the same tree.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<200)
    func randomTrees(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let tree = random.tree(depth: 5)
        #expect(try JSONValue(parsing: tree.serialized()) == tree)
    }

    @Test func membersAreSortedAndCompact() throws {
        let tree: JSONValue = ["b": [1, 2.5, .null], "a": "x\n\"\u{1}é"]
        #expect(tree.text == #"{"a":"x\n\"\u0001é","b":[1,2.5,null]}"#)
    }

    @Test func wholeDoublesStayDoubles() throws {
        #expect(try JSONValue(parsing: JSONValue.double(2).text) == .double(2))
    }
}
