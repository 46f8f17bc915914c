import JSON
import Testing

@testable import SpiceConversion

/// v1 strips the operator's own keys where v2 refuses them: the manifest goes on working, and reads back as it was written.
@Suite struct ReservedKeyTests {
    @Test func areStripped() throws {
        let old = try set("v1", "labels: {spice.ai/app: x, team: a}\nannotations: {spice.ai/version: x}")
        let new = try old.converted(to: "v2")
        #expect(new.fields["labels"] == ["team": "a"])
        #expect(new.fields["annotations"] == [:])
        #expect(try new.converted(to: "v1").fields["labels"] == ["spice.ai/app": "x", "team": "a"])
    }

    /// What was not asked for in v2 is not hidden either: validation has something to say.
    @Test func stayInV2() throws {
        let new = try set("v2", "labels: {spice.ai/app: x}")
        #expect(try new.converted(to: "v1").converted(to: "v2").fields["labels"] == ["spice.ai/app": "x"])
    }
}
