import JSON
import Testing
import YAML

/// Hostile or broken streams end in an error that names the line; they never crash, hang or fill the memory.
@Suite struct HostileInputTests {
    private func failure(_ text: String, _ limits: YAMLLimits = .default) throws -> YAMLError {
        try #require(throws: YAMLError.self) { try YAML.documents(text, limits: limits) }
    }

    @Test func aliasBombIsRefused() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(try failure(text).code == .alias)
    }

    @Test func longScalarsCountTowardsTheExpansion() throws {
        let text =
            "a: &a \(String(repeating: "x", count: 100_000))\nb: [\(Array(repeating: "*a", count: 100).joined(separator: ","))]\n"
        let error = try failure(text)
        #expect(error.code == .alias)
        #expect(error.line == 2)
    }

    @Test func anchorInsideItselfIsRefused() throws {
        #expect(try failure("a: &a [1, *a]\n").code == .alias)
    }

    @Test func depthIsLimited() throws {
        for open in ["[", "{a: ", "- "] {
            #expect(try failure(String(repeating: open, count: 100_000)).code == .depth)
        }
        let limits = YAMLLimits(depth: 3)
        #expect(try YAML.documents("[[[1]]]", limits: limits) == [[[[1]]]])
        #expect(try failure("[[[[1]]]]", limits).code == .depth)
        #expect(try failure("a: &a [[1]]\nb: [*a]\n", limits).code == .depth)
    }

    @Test func sizeIsLimited() throws {
        #expect(try failure("abcdef", YAMLLimits(bytes: 5)).code == .size)
    }

    @Test func duplicateKeyNamesBothLines() throws {
        let error = try failure("spec:\n  a: 1\n  b: 2\n  a: 3\n")
        #expect(error.code == .duplicateKey)
        #expect(error.line == 4)
        #expect(error.message.contains("\"a\"") && error.message.contains("line 2"))
    }

    @Test(arguments: [
        ("a: b: c\n", 1), ("a: 1\n  b: 2\n", 2), ("a: [1, 2\n", 2), ("a: 'x\n", 2), ("ok: 1\na: \u{1}\n", 2), ("\t- a", 1),
        ("a: *\n", 1), ("%YAML 9.9\n---\na", 1),
    ])
    func brokenSyntaxNamesItsLine(text: String, line: Int) throws {
        let error = try failure(text)
        #expect(error.code == .syntax)
        #expect(error.line == line)
        #expect(error.description.hasPrefix("line \(line), column "))
    }

    /// Random damage to a valid stream gives a value or an error, nothing else.
    @Test func damagedStreams() throws {
        let text = "a: &x [1, 'two', {three: 3.0}]\nb: |\n  text\n---\n? k\n: *x\n<<: {y: \"\\u00e9\"}\n"
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = "[]{}:,-?&*!|>'\"%@#\n \tab0<".utf8.randomElement(using: &generator) ?? 0
                case 1: bytes.remove(at: index)
                default: bytes.insert(contentsOf: bytes[index...].prefix(8), at: index)
                }
            }
            _ = try? YAML.documents(String(decoding: bytes, as: UTF8.self))
        }
    }
}
