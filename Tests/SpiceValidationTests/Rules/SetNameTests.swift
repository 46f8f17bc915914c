import KubernetesModel
import SpiceTypes
import Testing

/// A set's name is one that a Service can have; how long it is does not matter.
@Suite struct SetNameTests {
    @Test(arguments: [
        ("1st", #"set-name: metadata.name: "1st" cannot name a Service; begin the name with a letter"#),
        ("a.b", #"set-name: metadata.name: "a.b" cannot name a Service; use a name without dots"#),
        ("", "set-name: metadata.name: is missing; give the set a name"),
        (
            "Demo",
            #"set-name: metadata.name: "Demo" is no name of an object; use up to 253 lower-case letters, digits and '-'"#
        ),
        (
            "a_b", #"set-name: metadata.name: "a_b" is no name of an object; use up to 253 lower-case letters, digits and '-'"#
        ),
    ])
    func tells(name: String, problem: String) throws {
        #expect(Sample.told(try Sample.set(name: name)) == [problem])
    }

    @Test(arguments: ["a", "my-spicepod", String(repeating: "a", count: 253)])
    func leaves(name: String) throws {
        #expect(Sample.told(try Sample.set(name: name)) == [])
    }

    @Test(arguments: [
        ("demo-", []),
        ("1-", [#"set-name: metadata.generateName: "1-" cannot name a Service; begin the name with a letter"#]),
    ])
    func generated(prefix: String, told: [String]) throws {
        var set = try Sample.set(name: nil)
        set.metadata.generateName = prefix
        #expect(Sample.told(set) == told)
    }
}
