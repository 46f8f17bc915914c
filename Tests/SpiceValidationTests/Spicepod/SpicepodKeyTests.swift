import SpiceValidation
import Testing

/// Keys that no schema knows and keys that are about to go are warnings: a newer runtime may know the ones, an older one needs
/// the others.
@Suite struct SpicepodKeyTests {
    @Test(arguments: [
        ("{dataset: []}", "spec.spicepod.dataset: is no key that version v2 of the Spicepod knows; did you mean \"datasets\"?"),
        ("{novelty: 1}", "spec.spicepod.novelty: is no key that version v2 of the Spicepod knows; check its name"),
        (
            "{datasets: [{from: a, name: a, 'key with: all\"': 1}]}",
            "spec.spicepod.datasets[0][key with: all\\\"]: is no key that version v2 of the Spicepod knows; check its name"
        ),
        ("{runtime: {memory_limit: 1GiB}}", "spec.spicepod.runtime.memory_limit: is deprecated; use runtime.query.memory_limit"),
        (
            "{datasets: [{from: a, name: a, invalid_type_action: warn}]}",
            "spec.spicepod.datasets[0].invalid_type_action: is deprecated; use unsupported_type_action"
        ),
    ])
    func warns(members: String, problem: String) throws {
        let findings = SpicepodSetValidator.findings(try Sample.spicepod(members))
        #expect(findings.map(\.description) == [problem])
        #expect(findings.map(\.severity) == [.warning])
    }
}
