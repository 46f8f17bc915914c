import JSON
import Testing
import YAML

/// Documents, anchors, merge keys and keys become the tree they denote.
@Suite struct StructureTests {
    @Test func documents() throws {
        #expect(try YAML.documents("# only a comment\n") == [])
        #expect(try YAML.documents("a: 1\n---\nb: 2\n---\n---\n[c]\n...\n") == [["a": 1], ["b": 2], .null, ["c"]])
        #expect(try YAML.parse("") == .null)
        let error = try #require(throws: YAMLError.self) { try YAML.parse("a\n---\nb\n") }
        #expect(error.code == .documents)
    }

    @Test func anchorsBelongToTheirDocument() throws {
        #expect(try YAML.parse("a: &x {k: 1}\nb: *x\nc: [*x, *x]\n") == ["a": ["k": 1], "b": ["k": 1], "c": [["k": 1], ["k": 1]]])
        let error = try #require(throws: YAMLError.self) { try YAML.documents("a: &x 1\n---\nb: *x\n") }
        #expect(error.code == .alias)
        #expect(error.line == 3)
    }

    @Test func mergeKeysYieldToOwnKeys() throws {
        let text = """
            base: &base {a: 1, b: 2}
            more: &more {b: 3, c: 4}
            one: {b: 9, <<: *base}
            two: {<<: [*base, *more], d: 5}
            """
        let value = try YAML.parse(text)
        #expect(value["one"] == ["a": 1, "b": 9])
        #expect(value["two"] == ["a": 1, "b": 2, "c": 4, "d": 5])
        #expect(try YAML.parse("{'<<': 1}") == ["<<": 1])
        #expect(try YAML.parse("<<: 1", schema: .core) == ["<<": 1])
        #expect(throws: YAMLError.self) { try YAML.parse("<<: 1") }
    }

    @Test func scalarKeysBecomeStrings() throws {
        #expect(try YAML.parse("1: a\nyes: b\n2.5: c\n'3': d\n") == ["1": "a", "true": "b", "2.5": "c", "3": "d"])
        for text in ["{a: 1}: b", "? [a]\n: b", "~: b"] {
            let error = try #require(throws: YAMLError.self) { try YAML.parse(text) }
            #expect(error.code == .key, "\(text)")
        }
    }

    @Test func blockScalars() throws {
        let text = "a: |\n  one\n   two\n\nb: |-\n  one\nc: >\n  folded\n  text\nd: |+\n  kept\n\n"
        #expect(try YAML.parse(text) == ["a": "one\n two\n", "b": "one", "c": "folded text\n", "d": "kept\n\n"])
    }

    @Test func jsonIsYAML() throws {
        #expect(
            try YAML.parse(#"{"a": [1, 2.5, "x\ny", null, true, {}], "b": "\u00e9"}"#) == [
                "a": [1, 2.5, "x\ny", .null, true, [:]], "b": "é",
            ])
    }
}
