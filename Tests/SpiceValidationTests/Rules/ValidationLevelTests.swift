import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing

/// The object's own level counts where it is one; another word is told and leaves the operator's policy.
@Suite struct ValidationLevelTests {
    @Test(arguments: [
        ("err" as String?, ValidationLevel.err), ("warn", .warn), ("off", .off), (nil, .warn), ("strict", .warn), ("", .warn),
        ("ERR", .warn),
    ])
    func levelOfAnObject(word: String?, level: ValidationLevel) throws {
        var set = try Sample.set()
        set.metadata.annotations = word.map { [AnnotationKey.validationLevel: $0] }
        #expect(ValidationLevel.level(of: set.metadata, policy: .warn) == level)
    }

    @Test func unknownWord() throws {
        var set = try Sample.set()
        set.metadata.annotations = [AnnotationKey.validationLevel: "strict"]
        let findings = SpicepodSetValidator.findings(set)
        #expect(
            findings.map(\.description) == [
                "metadata.annotations[spice.ai/validation-level]: \"strict\" is not one of err, warn, off; the operator's policy counts"
            ])
        #expect(findings.map(\.severity) == [.warning])
    }

    /// At `err` every error holds the reconciler up; at the other levels those that leave no right workload.
    @Test func whatBlocks() throws {
        let findings = SpicepodSetValidator.findings(
            try Sample.set("{image: {tag: ''}, replicas: -1, updateStrategy: {type: Parallel}}"))
        #expect(findings.map(\.rule) == ["image", "replicas", "removed-strategy"])
        #expect(SpicepodSetValidator.blocking(findings, at: .err).map(\.rule) == ["image", "replicas"])
        #expect(SpicepodSetValidator.blocking(findings, at: .warn).map(\.rule) == ["replicas"])
        #expect(SpicepodSetValidator.blocking(findings, at: .off).map(\.rule) == ["replicas"])
    }
}
