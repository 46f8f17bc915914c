import JSON
import SpiceTypes
import SpiceValidation
import Testing

/// `version:` chooses the schema; without one that is known, only that is told.
@Suite struct SpicepodVersionTests {
    static let cases: [(JSONValue, String)] = [
        (.null, "is missing; give one of v1, v1beta1, v2"),
        ("v3", "\"v3\" is no version of the Spicepod; use one of v1, v1beta1, v2"),
        ("V1", "\"V1\" is no version of the Spicepod; use one of v1, v1beta1, v2"),
        (2, "is an integer; give one of v1, v1beta1, v2"),
    ]

    @Test(arguments: cases)
    func unknown(version: JSONValue, message: String) throws {
        var set = try Sample.spicepod("{datasets: 7}")
        set.spec.spicepod?["version"] = version
        #expect(Sample.told(set) == ["spicepod-schema: spec.spicepod.version: \(message)"])
    }

    @Test func absent() throws {
        var set = try Sample.set()
        set.spec.spicepod = [:]
        #expect(
            Sample.told(set) == [
                "spicepod-schema: spec.spicepod.version: is missing; give one of v1, v1beta1, v2",
                "spicepod-schema: spec.spicepod.kind: is missing; give Spicepod",
                "spicepod-schema: spec.spicepod.name: is missing; give a string",
            ])
    }

    @Test func v1KnowsEvalsAndTheOldCache() throws {
        let members = "{evals: [{name: e, dataset: d, scorers: [a]}], runtime: {results_cache: {cache_max_size: 1GiB}}}"
        #expect(
            Sample.told(try Sample.spicepod(members, version: "v1")) == [
                "spicepod-deprecated-key: spec.spicepod.evals: is deprecated; runtimes of 2.0 and newer ignore it"
            ])
        #expect(
            Sample.told(try Sample.spicepod(members, version: "v2")) == [
                "spicepod-unknown-key: spec.spicepod.evals: is no key that version v2 of the Spicepod knows; check its name",
                "spicepod-deprecated-key: spec.spicepod.runtime.results_cache: is deprecated; use runtime.caching.sql_results",
            ])
    }

    /// Its words are fewer, and a dataset needs no `from`.
    @Test func v1beta1() throws {
        let old =
            "spicepod-deprecated-key: spec.spicepod.version: "
            + "\"v1beta1\" is deprecated: runtimes of 2.0 and newer refuse it; use v1 or v2"
        #expect(Sample.told(try Sample.spicepod("{datasets: [{name: a}]}", version: "v1beta1")) == [old])
        #expect(
            Sample.told(
                try Sample.spicepod("{datasets: [{name: a, acceleration: {refresh_mode: caching}}]}", version: "v1beta1"))
                == [
                    "spicepod-schema: spec.spicepod.datasets[0].acceleration.refresh_mode: "
                        + "\"caching\" is not one of full, append, changes",
                    old,
                ])
    }
}
