import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing

/// Who pauses, scales or relabels a set is not refused for what was wrong with it before; who changes it is.
@Suite struct RatchetTests {
    private func severities(_ spec: String, before: String, level: String? = nil) throws -> [String] {
        var set = try Sample.set(spec)
        set.metadata.annotations = level.map { [AnnotationKey.validationLevel: $0] }
        return SpicepodSetValidator.findings(set, ValidationContext(old: try Sample.set(before)))
            .map { "\($0.rule) \($0.severity.rawValue)" }
    }

    @Test func scaling() throws {
        #expect(try severities("{image: {tag: ''}, replicas: 0}", before: "{image: {tag: ''}, replicas: 3}") == ["image warning"])
    }

    @Test func scalingToWhatCannotBe() throws {
        #expect(
            try severities("{image: {tag: ''}, replicas: -1}", before: "{image: {tag: ''}}") == ["image warning", "replicas error"])
    }

    @Test func changingSomethingElse() throws {
        #expect(try severities("{image: {tag: ''}, labels: {a: b}}", before: "{image: {tag: ''}}") == ["image error"])
    }

    @Test func askingForMoreStrictness() throws {
        #expect(try severities("{image: {tag: ''}}", before: "{image: {tag: ''}}", level: "err") == ["image error"])
    }
}
