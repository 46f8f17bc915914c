import JSON
import Testing

/// Documents past the limits are refused with an error that says which limit, and never exhaust the stack.
@Suite struct LimitTests {
    @Test func depth() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect { try JSONValue(parsing: deep) } throws: { ($0 as? JSONError)?.code == .depth }
        let fits = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(throws: Never.self) { try JSONValue(parsing: fits) }
    }

    @Test func depthOfWhatIsSkipped() throws {
        let deep = #"{"a":"# + String(repeating: "[", count: 100_000)
        #expect {
            try JSONScanner.scan(Array(deep.utf8)) { try $0.forEachKey { _, scanner in try scanner.skip() } }
        } throws: {
            ($0 as? JSONError)?.code == .depth
        }
    }

    @Test func size() {
        #expect { try JSONValue(parsing: "[1,2,3]", limits: JSONLimits(bytes: 4)) } throws: { ($0 as? JSONError)?.code == .size }
    }

    @Test(arguments: [
        "", " ", "{", "[1,", "\"a", "tru", "nul", "-", "1.", "1e", "\"\\", "\"\\u12", "{\"a\"", "{\"a\":", "1 2", "[1]]", "01",
        "+1",
    ])
    func truncatedAndMalformed(text: String) {
        #expect { try JSONValue(parsing: text) } throws: { ($0 as? JSONError)?.code == .syntax }
    }
}
