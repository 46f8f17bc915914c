import JSON
import Testing
import YAML

/// What is written reads well, and reads back as the same value in every YAML reader.
@Suite struct SerializerTests {
    @Test func manifest() {
        let value: JSONValue = [
            "kind": "ConfigMap", "apiVersion": "v1", "metadata": ["name": "a", "labels": [:], "finalizers": []],
            "data": ["text": "one\ntwo\n", "lead": "  x\ny", "open": "a\n\n", "empty": ""],
            "items": [["name": "x", "args": ["--http", "0.0.0.0:8090"]], ["y", ["z"]], 1, 1.5, .null, true],
        ]
        #expect(
            YAML.serialize(value, keyOrder: YAML.manifestOrder) == """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                  finalizers: []
                  labels: {}
                data:
                  empty: ""
                  lead: |2-
                      x
                    y
                  open: |+
                    a

                  text: |
                    one
                    two
                items:
                - name: x
                  args:
                  - --http
                  - 0.0.0.0:8090
                - - "y"
                  - - z
                - 1
                - 1.5
                - null
                - true

                """)
        #expect(YAML.serialize(documents: [["a": 1], [], "x"]) == "a: 1\n---\n[]\n---\nx\n")
    }

    @Test(arguments: [
        "y", "N", "yes", "No", "on", "OFF", "true", "False", "null", "~", "", "1", "-1", "+1", "0x1F", "0o7", "0b1", "1_000",
        "0644", "1.5", ".5", "1e3",
        ".inf", "-.INF", ".NaN", "1:30", "190:20:30.15", "2026-01-31", "2026-01-31T10:00:00Z", "2001-12-14 21:59:43.10 -5", "<<",
        "=", "- a", "-", "?", "? a",
        ":", "a: b", "a:", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'a", "[a", "{a", "]", "}", ",a", " a", "a ",
        "---", "--- a", "...",
        "a\tb", "\u{85}", "\u{2028}", "\u{FEFF}a", "a\rb", "\u{0}", "\n",
    ])
    func quotedWhereItMustBe(text: String) throws {
        let line = YAML.serialize(.string(text))
        #expect(line.hasPrefix("\"") || line.hasPrefix("'"), "\(line)")
        for schema in [YAMLSchema.kubernetes, .core] {
            #expect(try YAML.parse(line, schema: schema) == .string(text))
            #expect(
                try YAML.parse(YAML.serialize([text: [.string(text)]] as JSONValue), schema: schema)
                    == .object([text: [.string(text)]]))
        }
    }

    @Test(arguments: [
        "a", "app", "nope", "v1", "spice.ai/v2", "0.0.0.0:8090", "8080:80", "spiceai/spiceai:1.2.3", "1.2.3", "500m", "1Gi", "-v",
        "--http", "a:b", "a#b",
        "a, b", "it's", "say \"x\"", "C:\\x", "http://x/y?z=1", "é", "日本", "?a", "a[0]", "x{y}", "30s", "2026-01-31-backup",
        "12:99",
    ])
    func plainWhereItCanBe(text: String) throws {
        let line = YAML.serialize(.string(text))
        #expect(line == text + "\n")
        #expect(try YAML.parse(line) == .string(text))
    }

    @Test func singleQuotesSpareBackslashes() {
        #expect(YAML.serialize(#"*"\d'"#) == #"'*"\d'''"# + "\n")
    }

    @Test func longKeysAreExplicit() throws {
        let key = String(repeating: "k", count: 1500)
        for value in [1, ["a": 1], ["x"], "one\ntwo\n"] as [JSONValue] {
            #expect(try YAML.parse(YAML.serialize([.object([key: value])])) == [.object([key: value])])
        }
    }

    @Test func numbers() throws {
        #expect(
            YAML.serialize([1.0, 1e20, 1e-7, 0.1, .int(.min)]) == "- 1.0\n- 1.0e+20\n- 1.0e-07\n- 0.1\n- -9223372036854775808\n")
    }
}
