import JSON
import SpiceValidation
import Testing

/// The strategy that v2 has removed is told in the spelling it was written in.
@Suite struct LegacyFindingTests {
    @Test(arguments: ["updateStrategy", "update_strategy"]) func parallel(field: String) {
        let set: JSONValue = ["apiVersion": "spice.ai/v1", "spec": [field: ["type": "Parallel"]]]
        let findings = LegacyFindings.of(set)
        #expect(findings.map(\.path) == ["spec.\(field).type"])
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func nothingElse() {
        #expect(LegacyFindings.of(["apiVersion": "spice.ai/v1", "spec": ["updateStrategy": ["type": "BlueGreen"]]]).isEmpty)
        #expect(LegacyFindings.of(["apiVersion": "spice.ai/v2", "spec": ["updateStrategy": ["type": "Parallel"]]]).isEmpty)
    }
}
