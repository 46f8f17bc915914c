import JSON
import Testing

/// Objects as large and as deep as a review may bring come back like any other.
@Suite struct LargeObjectTests {
    @Test func manyUnknownFields() throws {
        var object = try set("v1", "")
        for number in 0..<20_000 { object[path: "spec", "spicepod", "field-\(number)"] = ["value": .string("x\(number)")] }
        #expect(try object.converted(to: "v2").converted(to: "v1").manifest == object)
    }

    @Test func deepNesting() throws {
        var tree: JSONValue = 1
        for _ in 0..<450 { tree = ["a": [tree]] }
        for key in ["spicepod", "unknown", "volumeClaimTemplates", "egress"] {
            var object = try set("v1", "")
            object[path: "spec", key] = tree
            #expect(throws: Never.self) { try object.converted(to: "v2").converted(to: "v1") }
        }
    }

    @Test func threeMebibytesOfAString() throws {
        var object = try set("v1", "")
        object[path: "spec", "spicepod"] = .string(String(repeating: "- x: [", count: 500_000))
        #expect(try object.converted(to: "v2").converted(to: "v1").manifest == object)
    }
}
