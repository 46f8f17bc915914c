import Testing

/// What the runtime's loader refuses: two components of a kind with one name, and datasets named by words of SQL.
@Suite struct SpicepodNameTests {
    @Test(arguments: ["secrets", "catalogs", "datasets", "models", "embeddings", "rerankers", "tools"])
    func twice(kind: String) throws {
        let members = "{\(kind): [{from: a, name: x}, {from: b, name: z}, {from: c, name: x}]}"
        #expect(
            Sample.told(try Sample.spicepod(members)) == [
                "spicepod-names: spec.spicepod.\(kind)[2].name: \"x\" is used twice, first by [0]; rename one"
            ])
    }

    /// Of different kinds they may be the same, and what a reference leads to is not known here.
    @Test(arguments: [
        "{datasets: [{from: a, name: x}], views: [{name: x, sql: s}], models: [{from: a, name: x}]}",
        "{datasets: [{ref: a, name: x}, {from: a, name: x}]}", "{datasets: [{from: a, name: x}, {from: a, name: X}]}",
        "{views: [{name: table}]}",
    ])
    func notTwice(members: String) throws {
        #expect(Sample.told(try Sample.spicepod(members)).filter { $0.hasPrefix("spicepod-names") } == [])
    }

    @Test(arguments: ["COUNT", "false", "Null", "TRUE", "end-exec", "LATERAL", "Table", "unnest"])
    func reserved(name: String) throws {
        #expect(
            Sample.told(try Sample.spicepod("{datasets: [{from: a, name: '\(name)'}]}")) == [
                "spicepod-names: spec.spicepod.datasets[0].name: \"\(name)\" is a reserved word of SQL; use another name"
            ])
    }
}
