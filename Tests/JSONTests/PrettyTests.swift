import JSON
import Testing

/// Pretty text reads back as the same value and is laid out a member a line.
@Suite struct PrettyTests {
    @Test func layout() {
        let value: JSONValue = ["b": [1, [:], []], "a": ["x": "\n\"", "y": .null]]
        #expect(
            value.prettyText() == """
                {
                  "a": {
                    "x": "\\n\\"",
                    "y": null
                  },
                  "b": [
                    1,
                    {},
                    []
                  ]
                }
                """)
    }

    @Test func readsBack() throws {
        let value: JSONValue = ["a": [1.5, true, ["deep": [["x": "ü"]]]], "": "empty"]
        #expect(try JSONValue(parsing: value.prettyText(keyOrder: >)) == value)
    }
}
