import JSON
import ServiceKit
import Testing

/// Warnings reach the client whole, or visibly cut; what the API server would drop is counted.
@Suite struct AdmissionWarningTests {
    private func sent(_ warnings: [String]) throws -> [String] {
        let answer = try JSONValue(parsing: AdmissionResponse.allow(warnings: warnings).review(uid: "u"))
        return (answer[path: "response", "warnings"]?.arrayValue ?? []).compactMap(\.stringValue)
    }

    @Test func shortOnesStay() throws {
        #expect(try sent(["one", "zwei — drei"]) == ["one", "zwei — drei"])
        #expect(try sent([]) == [])
        #expect(try sent([""]) == [])
    }

    @Test func exactLengthStays() throws {
        let text = String(repeating: "x", count: 256)
        #expect(try sent([text]) == [text])
    }

    @Test func longOnesAreCutBetweenWords() throws {
        let cut = try #require(try sent([String(repeating: "word ", count: 100)]).first)
        #expect(cut.unicodeScalars.count <= 256)
        #expect(cut.hasSuffix("word …"))
        let solid = try #require(try sent([String(repeating: "é", count: 400)]).first)
        #expect(solid.unicodeScalars.count <= 256)
        #expect(solid.hasSuffix("é…"))
    }

    /// A header value has one line.
    @Test func controlCharactersBecomeSpaces() throws {
        #expect(try sent(["a\nb\tc\u{7F}d\r\u{0}"]) == ["a b c d  "])
    }

    @Test func whatIsTooMuchIsCounted() throws {
        let warnings = (0..<100).map { "\($0) " + String(repeating: "x", count: 200) }
        let kept = try sent(warnings)
        #expect(kept.map(\.unicodeScalars.count).reduce(0, +) <= 4096)
        #expect(kept.count > 15)
        #expect(kept.last == "and \(100 - kept.count + 1) more")
    }
}
