import JSON
import SpiceTypes
import Testing

/// The Spicepod is an object; of text that is none, the line that is wrong is told.
@Suite struct SpicepodObjectTests {
    static let cases: [(JSONValue, String)] = [
        (.null, "is missing; give the Spicepod as an object"),
        (["a"], "is a list; give the Spicepod as an object"),
        (7, "is an integer; give the Spicepod as an object"),
        ("name: demo\nkind: Spicepod\n", "is a string; give the Spicepod as an object, without the '|'"),
        ("- a\n- b\n", "is a string, and as YAML a list; give the Spicepod as an object"),
        ("", "is a string, and as YAML null; give the Spicepod as an object"),
    ]

    @Test(arguments: cases)
    func tells(spicepod: JSONValue, message: String) throws {
        var set = try Sample.set()
        set.spec.spicepod = spicepod
        #expect(Sample.told(set) == ["spicepod-object: spec.spicepod: \(message)"])
    }

    @Test func absent() throws {
        var set = try Sample.set()
        set.spec.spicepod = nil
        #expect(Sample.told(set) == ["spicepod-object: spec.spicepod: is missing; give the Spicepod as an object"])
    }

    @Test func lineOfTheMistake() throws {
        var set = try Sample.set()
        set.spec.spicepod = "name: demo\ndatasets:\n  - name: a\n   from: b\n"
        let told = Sample.told(set)
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("spicepod-object: spec.spicepod: is a string that is no YAML, line 4, ") == true)
        #expect(told.first?.hasSuffix("; give the Spicepod as an object") == true)
    }
}
