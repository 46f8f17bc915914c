import JSON
import Testing
import YAML

/// Unquoted scalars mean what kubectl takes them for; the core schema means what the runtime takes them for.
@Suite struct ScalarTests {
    @Test(
        arguments: [
            ("true", true), ("True", true), ("TRUE", true), ("yes", true), ("Yes", true), ("on", true), ("y", true), ("Y", true),
            ("false", false), ("False", false), ("no", false), ("NO", false), ("off", false), ("n", false),
            ("tRue", "tRue"), ("yEs", "yEs"), ("nope", "nope"),
            ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nUll", "nUll"),
            ("0", 0), ("12", 12), ("-7", -7), ("+7", 7), ("0x1F", 31), ("-0x10", -16), ("0o17", 15), ("0644", 420), ("0b101", 5),
            ("1_000", 1000),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
            ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("08", 8), ("0x", "0x"), ("0xZ", "0xZ"), ("+-1", "+-1"), ("1-2", "1-2"),
            ("1.5", 1.5), (".5", 0.5), ("-.5", -0.5), ("1.", 1.0), ("1e3", .double(1000)), ("1.5E-3", 0.0015), ("1e", "1e"),
            (".", "."), ("1e999", "1e999"),
            ("2026-01-31", "2026-01-31"), ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"), ("1:30", "1:30"),
            ("500m", "500m"), ("1Gi", "1Gi"), ("v1.2.3", "v1.2.3"), ("1.2.3", "1.2.3"),
        ] as [(String, JSONValue)])
    func kubernetesSchema(text: String, expected: JSONValue) throws {
        #expect(try YAML.parse("key: \(text)\n") == .object(["key": expected]))
    }

    @Test(
        arguments: [
            ("true", true), ("yes", "yes"), ("on", "on"), ("n", "n"), ("0644", "0644"), ("0o17", 15), ("0x1F", 31),
            ("1_000", "1_000"), ("12", 12), ("1.5", 1.5),
        ] as [(String, JSONValue)])
    func coreSchema(text: String, expected: JSONValue) throws {
        #expect(try YAML.parse("key: \(text)\n", schema: .core) == .object(["key": expected]))
    }

    @Test(
        arguments: [
            ("'true'", "true"), ("\"12\"", "12"), ("!!str 12", "12"), ("! 12", "12"), ("!!int \"12\"", 12), ("!!float 3", 3.0),
            ("!!bool \"yes\"", true),
            ("!!null ''", .null),
        ] as [(String, JSONValue)])
    func quotesAndTags(text: String, expected: JSONValue) throws {
        #expect(try YAML.parse(text) == expected)
    }

    /// A value that JSON cannot carry, or a tag that its text contradicts, is refused rather than guessed.
    @Test(arguments: [
        ".inf", "-.Inf", ".nan", "!!int abc", "!!bool 3", "!!binary aGk=", "!custom x", "!!map x", "!!set {a}", "!!seq {a: 1}",
    ])
    func refused(text: String) throws {
        let error = try #require(throws: YAMLError.self) { try YAML.parse("first: 1\nkey: \(text)\n") }
        #expect(error.code == .unsupported)
        #expect(error.line == 2)
    }
}
