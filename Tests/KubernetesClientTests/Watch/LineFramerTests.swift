import JSON
import Testing

@testable import KubernetesClient

@Suite struct LineFramerTests {
    private func lines(_ chunks: [[UInt8]], limit: Int = 1000) throws -> [String] {
        var framer = LineFramer(limit: limit)
        var lines: [String] = []
        for chunk in chunks { try framer.push(chunk) { lines.append(String(decoding: $0, as: UTF8.self)) } }
        return lines
    }

    /// The lines are the same wherever the bytes are cut, one cut or two.
    @Test func anyCut() throws {
        let text = Array("first\r\n\n{\"a\":\"ü\"}\n\r\nlast\nrest".utf8)
        for first in 0...text.count {
            for second in first...text.count {
                let chunks = [Array(text[..<first]), Array(text[first..<second]), Array(text[second...])]
                #expect(try lines(chunks) == ["first", "{\"a\":\"ü\"}", "last"])
            }
        }
    }

    /// A line that never ends is refused at the limit.
    @Test func limit() throws {
        #expect(try lines([Array("12345\n".utf8)], limit: 5) == ["12345"])
        #expect(throws: JSONError.self) { try lines([Array("123456".utf8)], limit: 5) }
        #expect(throws: JSONError.self) { try lines([Array("123".utf8), Array("456\n".utf8)], limit: 5) }
    }

    /// A line of 32 MiB in pieces of 1 KiB takes time in proportion to its length: quadratic work would take hours.
    @Test(.timeLimit(.minutes(5))) func longLine() throws {
        let piece = [UInt8](repeating: 65, count: 1 << 10)
        let chunks = Array(repeating: piece, count: 1 << 15) + [[10]]
        #expect(try lines(chunks, limit: 1 << 26).first?.utf8.count == 1 << 25)
    }
}
