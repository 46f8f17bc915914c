import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Every mistake that the schema cannot catch is told with the field's path and what to do about it.
@Suite struct RulesTests {
    static let mistakes: [(spec: String, problem: String)] = [
        ("{spicepod: text}", "spec.spicepod: is missing; give the Spicepod as an object"),
        ("{spicepod: null}", "spec.spicepod: is missing; give the Spicepod as an object"),
        ("{labels: {spice.ai/app: x}}", "spec.labels[spice.ai/app]: is reserved for the operator; remove it"),
        ("{labels: {spice.ai/version: x}}", "spec.labels[spice.ai/version]: is reserved for the operator; remove it"),
        (
            "{annotations: {spice.ai/validation-level: warn}}",
            "spec.annotations[spice.ai/validation-level]: is reserved for the operator; remove it"
        ),
        (
            "{labels: {a/b/c: x}}",
            "spec.labels[a/b/c]: is no label key; use [prefix/]name with a name of up to 63 characters"
        ),
        (
            "{labels: {team: data platform}}",
            "spec.labels[team]: \"data platform\" is no label value; use up to 63 letters, digits, '-', '_' and '.'"
        ),
        (
            "{volumeClaimTemplates: [{spec: {}}, {metadata: {name: data}, spec: {}}]}",
            "spec.volumeClaimTemplates[1].metadata.name: \"data\" is used twice; rename one"
        ),
        (
            "{volumeMounts: [{name: cache, mountPath: /cache}]}",
            "spec.volumeMounts[0].name: no volumeClaimTemplates entry is named \"cache\"; add one or remove the mount"
        ),
        (
            "{volumeClaimTemplates: [{metadata: {name: cache}, spec: {}}]}",
            "spec.volumeClaimTemplates[0].metadata.name: \"cache\" is mounted nowhere; add a volumeMounts entry of that name"
        ),
        (
            "{volumeClaimTemplates: [{spec: {}}, {metadata: {name: c}, spec: {}}], volumeMounts: [{name: c, mountPath: /data}]}",
            "spec.volumeMounts[0].mountPath: \"/data\" is where the volume \"data\" is mounted; use another path"
        ),
        (
            "{volumeClaimTemplates: [{metadata: {name: c}, spec: {}}], volumeMounts: [{name: c, mountPath: /app/spicepod.yaml}]}",
            "spec.volumeMounts[0].mountPath: \"/app/spicepod.yaml\" is where the Spicepod is mounted; use another path"
        ),
        (
            "{network: {dnsPolicy: None}}",
            "spec.network.dnsConfig.nameservers: is required when dnsPolicy is None; list name servers"
        ),
    ]

    @Test(arguments: mistakes.map(\.spec))
    func namesTheField(spec: String) throws {
        let expected = try #require(Self.mistakes.first { $0.spec == spec }?.problem)
        #expect(try Rules.problems(of: Sample.set(yaml: spec)).map(\.description) == [expected])
    }

    @Test(arguments: [
        ("1st", "metadata.name: \"1st\" cannot name a Service; begin the name with a letter"),
        ("a.b", "metadata.name: \"a.b\" cannot name a Service; use a name without dots"),
    ])
    func namesThatNoServiceCanHave(name: String, problem: String) {
        #expect(Rules.problems(of: Sample.set(name)).map(\.description) == [problem])
    }

    @Test(arguments: [
        "{}", "{labels: {team: data-platform, example.com/tier: ''}, annotations: {anything: goes here}}",
        "{volumeClaimTemplates: [{spec: {}}]}", "{volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]}",
        "{volumeClaimTemplates: [{metadata: {name: c}, spec: {}}], volumeMounts: [{name: c, mountPath: /c}]}",
        "{network: {dnsPolicy: None, dnsConfig: {nameservers: [8.8.8.8]}}}", "{network: {dnsPolicy: Default}}",
    ])
    func leavesWhatIsRight(spec: String) throws {
        #expect(try Rules.problems(of: Sample.set(yaml: spec)) == [])
    }

    /// All of them at once: nobody wants to find the next one with the next try.
    @Test func tellsEveryProblem() throws {
        let set = try Sample.set(yaml: "{labels: {spice.ai/app: x, team: a b}, network: {dnsPolicy: None}}")
        #expect(
            Rules.problems(of: set).map(\.path) == [
                "spec.labels[spice.ai/app]", "spec.labels[team]", "spec.network.dnsConfig.nameservers",
            ])
    }
}
