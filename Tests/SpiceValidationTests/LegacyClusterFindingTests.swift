import JSON
import SpiceValidation
import Testing
import YAML

/// What only v1alpha1 can say of a cluster is told in its own fields.
@Suite struct LegacyClusterFindingTests {
    private func cluster(_ spec: String) throws -> JSONValue {
        ["apiVersion": "spice.ai/v1alpha1", "kind": "SpicepodCluster", "spec": try YAML.parse(spec)]
    }

    @Test func removedStrategyByRole() throws {
        let object = try cluster(
            "{schedulerSetSpec: {update_strategy: {type: Parallel}}, executorSetSpec: {updateStrategy: {type: Parallel}}}")
        #expect(
            LegacyFindings.of(object).map { "\($0.rule) \($0.path)" } == [
                "removed-strategy spec.schedulerSetSpec.update_strategy.type",
                "removed-strategy spec.executorSetSpec.updateStrategy.type",
            ])
    }

    @Test func probesOfExecutorsAreIgnored() throws {
        let object = try cluster("{schedulerSetSpec: {probes: {}}, executorSetSpec: {probes: {}}}")
        #expect(
            LegacyFindings.of(object).map { "\($0.severity.rawValue): \($0)" } == [
                "warning: spec.executorSetSpec.probes: has no effect, because executors have no probes; remove it, spice.ai/v2 refuses it"
            ])
    }

    @Test func otherFindingsAreToldInItsFields() throws {
        let finding = Finding(rule: "image", severity: .error, path: "spec.executorSpec.image.tag", message: "is empty")
        #expect(
            LegacyFindings.inFields(of: try cluster("{}"), [finding]).map(\.path) == ["spec.executorSetSpec.image.tag"])
        #expect(LegacyFindings.inFields(of: ["apiVersion": "spice.ai/v2"], [finding]) == [finding])
    }
}
