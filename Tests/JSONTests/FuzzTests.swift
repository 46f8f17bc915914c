import Foundation
import JSON
import Testing

/// The scanner accepts what `JSONDecoder` accepts and refuses what it refuses, with the same value; no input crashes it.
@Suite struct FuzzTests {
    @Test(arguments: 0..<400)
    func mutatedDocuments(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<25 {
            var document = random.tree(depth: 4).serialized()
            mutate(&document, &random)
            let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(document))
            let ours = try? JSONValue(parsing: document)
            if Self.isWhereFoundationDiffers(document) { continue }
            #expect(equal(ours, theirs), "\(String(decoding: document, as: UTF8.self).debugDescription)")
        }
    }

    private func mutate(_ document: inout [UInt8], _ random: inout SeededRandom) {
        let pool = Array(#"{}[],:"\0123456789.eE+-truefalsn u"#.utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xF5, 0x0A]
        for _ in 0..<Int.random(in: 0...3, using: &random) where !document.isEmpty {
            let index = Int.random(in: 0..<document.count, using: &random)
            let byte = pool.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0: document[index] = byte
            case 1: document.insert(byte, at: index)
            case 2: document.remove(at: index)
            default: document.removeSubrange(index...)
            }
        }
    }

    /// Foundation lets a large number with a fraction be decoded as an integer.
    private static func isSameNumber(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return false }
        return abs(left - right) <= abs(left) * 1e-15
    }

    /// Foundation guesses another encoding when there is a NUL among the first bytes.
    private static func isWhereFoundationDiffers(_ document: [UInt8]) -> Bool {
        document.prefix(4).contains(0)
    }

    private func equal(_ ours: JSONValue?, _ theirs: JSONValue?) -> Bool {
        switch (ours, theirs) {
        case (nil, nil): true
        case (.array(let left), .array(let right)): left.count == right.count && zip(left, right).allSatisfy { equal($0, $1) }
        case (.object(let left), .object(let right)): left.count == right.count && left.allSatisfy { equal($1, right[$0]) }
        case (let left?, let right?):
            left == right || Self.isSameNumber(left.doubleValue, right.doubleValue)
        default: false
        }
    }
}
