import JSON
import SpiceTypes
import Testing

/// A Spicepod that no ConfigMap can hold is refused, one that just fits is not.
@Suite struct SpicepodSizeTests {
    @Test func limit() throws {
        var set = try Sample.spicepod("{metadata: {note: ''}}")
        // `kind: Spicepod\nmetadata:\n  note: x…x\nname: demo\nversion: v2\n`
        let others = "kind: Spicepod\nmetadata:\n  note: \nname: demo\nversion: v2\n".utf8.count
        set.spec.spicepod?[path: "metadata", "note"] = .string(String(repeating: "x", count: (1 << 20) - others))
        #expect(Sample.told(set) == [])
        set.spec.spicepod?["name"] = "demos"
        #expect(
            Sample.told(set) == [
                "spicepod-size: spec.spicepod: takes more than the 1048576 bytes of YAML that a ConfigMap holds; "
                    + "move long texts such as SQL into files of the image or a volume"
            ])
    }

    /// A document of the same few parts over and over, or one that is nested deep, is judged without writing it out.
    @Test(arguments: [40, 400])
    func smallInMemory(depth: Int) throws {
        var set = try Sample.spicepod("{}")
        var deep: JSONValue = .array(Array(repeating: 1, count: 2000))
        for _ in 0..<depth { deep = depth == 40 ? [deep, deep] : ["a": deep] }
        set.spec.spicepod?["metadata"] = ["deep": deep]
        #expect(Sample.told(set).map { $0.prefix(13) } == ["spicepod-size"])
    }
}
