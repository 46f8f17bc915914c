import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Parts of the pod that follow from more than one field.
@Suite struct PodTemplateTests {
    /// Longer than the runtime's own shutdown, so that it is never cut short; what the user says holds.
    @Test(arguments: [
        ("{}", 40), ("{spicepod: {runtime: {shutdown_timeout: 2m}}}", 130), ("{spicepod: {runtime: {shutdown_timeout: soon}}}", 40),
        ("{terminationGracePeriodSeconds: 5}", 5), ("{terminationGracePeriodSeconds: 0}", 0),
    ])
    func gracePeriod(spec: String, seconds: Int64) throws {
        #expect(try Self.template(spec).spec.terminationGracePeriodSeconds == seconds)
    }

    @Test(arguments: [
        ("{}", false), ("{resources: {requests: {memory: 1Gi}}}", false), ("{resources: {requests: {cpu: 1}}}", true),
        ("{resources: {limits: {cpu: 1}}}", true),
    ])
    func cpuRequestIsTold(spec: String, isTold: Bool) throws {
        let variable = try Self.container(spec).env?.first { $0.name == "SPICE_CPU_REQUEST_MILLICORES" }
        #expect((variable?.valueFrom?.resourceFieldRef?.resource == "requests.cpu") == isTold)
    }

    @Test func aVariableOfTheUserWins() throws {
        let name = "SPICE_CPU_REQUEST_MILLICORES"
        let env = try Self.container("{resources: {requests: {cpu: 1}}, env: [{name: \(name), value: '7'}]}").env
        #expect(env?.map(\.name) == [name])
        #expect(env?.first?.value == "7")
    }

    /// A field that is left out keeps the value it had (the deprecated `serviceAccount` fills it in): so it never is.
    @Test(arguments: [
        ("{}", "default"), ("{serviceAccount: {enabled: true, create: true}}", "demo"),
        ("{serviceAccount: {enabled: true, name: mine}}", "mine"), ("{serviceAccount: {enabled: false, name: mine}}", "default"),
    ])
    func serviceAccount(spec: String, name: String) throws {
        #expect(try Self.template(spec).spec.serviceAccountName == name)
    }

    @Test(arguments: [
        ("{}", ["/app/spicepod.yaml", "/tmp"]),
        ("{volumeClaimTemplates: [{spec: {}}]}", ["/app/spicepod.yaml", "/tmp", "/data"]),
        (
            "{volumeClaimTemplates: [{spec: {}}], volumeMounts: [{name: data, mountPath: /var/data}]}",
            ["/app/spicepod.yaml", "/tmp", "/var/data"]
        ),
        (
            "{volumeClaimTemplates: [{metadata: {name: t}, spec: {}}], volumeMounts: [{name: t, mountPath: /tmp}]}",
            ["/app/spicepod.yaml", "/tmp"]
        ),
    ])
    func mounts(spec: String, paths: [String]) throws {
        #expect(try Self.container(spec).volumeMounts?.map(\.mountPath) == paths)
    }

    /// `repository` and `tag` are used as written; the pull policy is upstream's.
    @Test(arguments: [
        ("{image: {repository: r/i, tag: '1'}}", "r/i:1", "IfNotPresent"),
        ("{image: {repository: r/i, tag: latest}}", "r/i:latest", "Always"),
        ("{image: {repository: r/i, tag: latest, pullPolicy: Never}}", "r/i:latest", "Never"),
        ("{image: {repository: r/i, tag: '1@sha256:abc'}}", "r/i:1@sha256:abc", "IfNotPresent"),
    ])
    func image(spec: String, reference: String, policy: String) throws {
        let container = try Self.container(spec)
        #expect(container.image == reference)
        #expect(container.imagePullPolicy == policy)
    }

    private static func template(_ spec: String) throws -> PodTemplateSpec {
        let set = try Sample.set(yaml: spec)
        return PodTemplateBuilder.build(
            ChildMetadata(set: set), version: try Version(of: set.spec, named: "demo"), settings: Settings())
    }

    private static func container(_ spec: String) throws -> Container {
        try #require(template(spec).spec.containers.first)
    }
}
