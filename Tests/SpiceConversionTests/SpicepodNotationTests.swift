import JSON
import Testing

/// A Spicepod written as a string becomes the object that the runtime would read, and reads back in v1 as it was written.
@Suite struct SpicepodNotationTests {
    private let text = "# of the data team\nversion: v1\nkind: Spicepod\nname: demo # ours\nparams: {code: 012, on: yes}\n"

    private func old(_ text: String) throws -> JSONValue {
        var old = try set("v1", "")
        old[path: "spec", "spicepod"] = .string(text)
        return old
    }

    @Test func becomesAnObject() throws {
        let new = try old(text).converted(to: "v2")
        #expect(
            new[path: "spec", "spicepod"]
                == ["version": "v1", "kind": "Spicepod", "name": "demo", "params": ["code": "012", "on": "yes"]])
    }

    @Test func readsBackWithItsComments() throws {
        #expect(try old(text).converted(to: "v2").converted(to: "v1").manifest == old(text))
    }

    @Test func readsBackAsAnObjectOnceItWasChangedInV2() throws {
        var new = try old(text).converted(to: "v2")
        new[path: "spec", "spicepod", "name"] = "other"
        let seen = try new.converted(to: "v1")
        #expect(seen[path: "spec", "spicepod", "name"] == "other")
        #expect(try seen.converted(to: "v2")[path: "spec", "spicepod"] == new[path: "spec", "spicepod"])
    }

    @Test(arguments: ["", "- a\n- b\n", "just text", "a: [", "a: 1\na: 2\n", "a: 1\n---\nb: 2\n"])
    func staysAStringWhereItIsNoMapping(_ text: String) throws {
        let new = try old(text).converted(to: "v2")
        #expect(new[path: "spec", "spicepod"] == .string(text))
        #expect(new.memory?.contains("spicepod") == false)
        #expect(try new.converted(to: "v1").manifest == old(text))
    }

    @Test func aliasesCannotMakeMuchOfLittle() throws {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<12 {
            let last = "*a\(level - 1)"
            bomb += "a\(level): &a\(level) [\(Array(repeating: last, count: 9).joined(separator: ", "))]\n"
        }
        let new = try old(bomb).converted(to: "v2")
        #expect(new[path: "spec", "spicepod"] == .string(bomb))
    }
}
