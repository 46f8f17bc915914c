import SpiceTypes
import Testing

/// Keys of annotations are checked, their values are free up to 256 KiB in all.
@Suite struct AnnotationSyntaxTests {
    @Test(arguments: [
        Case(
            #"{annotations: {"a b": x}}"#,
            #"annotation-syntax: spec.annotations[a b]: is no annotation key; use [prefix/]name with a name of up to 63 characters"#
        ),
        Case(
            #"{serviceAccount: {annotations: {/x: z}}}"#,
            #"annotation-syntax: spec.serviceAccount.annotations[/x]: is no annotation key; use [prefix/]name with a name of up to 63 characters"#
        ),
        Case(#"{annotations: {Example.com/Key: "any text, {} at all"}}"#),
    ])
    func tells(_ example: Case) throws { try example.check() }

    @Test func all256KiB() throws {
        var set = try Sample.set()
        set.spec.annotations = ["k": String(repeating: "x", count: (256 << 10) - 1)]
        #expect(Sample.told(set) == [])
        set.spec.annotations?["l"] = ""
        #expect(
            Sample.told(set) == [
                "annotation-syntax: spec.annotations: take 262145 bytes, and an object holds 262144; put less into them"
            ])
    }
}
