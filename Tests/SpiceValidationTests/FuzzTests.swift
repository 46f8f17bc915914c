import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing
import YAML

/// Whatever a set holds, it is judged: no crash, a bounded answer, and the same one each time.
@Suite struct FuzzTests {
    static let seed = """
        replicas: 3
        spicepod:
          name: demo
          kind: Spicepod
          version: v1
          runtime: {shutdown_timeout: 1m30s, auth: {api_key: {keys: ["a:rw", {ReadOnly: {key: k}}]}}, telemetry: {enabled: true}}
          secrets: [{from: "kubernetes:api", name: api}]
          datasets:
            - {from: "s3://b/", name: orders, params: {a: 1}, acceleration: {refresh_mode: append, indexes: {id: unique}}}
            - {ref: datasets/x, dependsOn: [orders]}
          models: [{from: "openai:x", name: m, files: [{path: p, type: config}]}]
          search_engines: [{name: s, from: e, kind: [text]}]
        image: {repository: "ghcr.io/spiceai/spiceai", tag: "2.0.0@sha256:abcd", pullPolicy: Always, pullSecret: s}
        http: {port: 8091}
        resources: {requests: {cpu: 200m}, limits: {cpu: "2"}}
        env: [{name: A, value: b}, {name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}]
        envFromSource: [{prefix: P_, configMapRef: {name: c}}]
        volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: x, resources: {requests: {storage: 1Gi}}}}]
        volumeMounts: [{name: data, mountPath: /data}]
        serviceAccount: {enabled: true, create: true, name: runner}
        updateStrategy: {type: RollingParallel, maxUnavailable: 50%, minReadyForCutover: 2}
        standbyVersion: {enabled: true, retentionPeriodSeconds: 900}
        network:
          ingress: [{from: [{podSelector: {matchLabels: {a: b}}}], ports: [{protocol: TCP, port: 80, endPort: 90}]}]
          egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]
          dnsPolicy: None
          dnsConfig: {nameservers: [8.8.8.8]}
        annotations: {a: b}
        labels: {c: d}
        probes: {liveness: {initialDelaySeconds: 1, successThreshold: 1}}
        terminationGracePeriodSeconds: 120
        progressDeadlineSeconds: 10
        """

    @Test(arguments: 0..<8)
    func mutated(seed: UInt64) throws {
        let base = try YAML.parse(Self.seed)
        var mutation = Mutation(seed: seed)
        var judged = 0
        for _ in 0..<400 {
            var tree = base
            for _ in 0...mutation.below(4) { tree = mutation.mutated(tree) }
            guard let spec = try? JSONTreeDecoder().decode(SpicepodSetSpec.self, from: tree) else { continue }
            judged += 1
            let metadata = ObjectMeta {
                $0.name = "demo"
                $0.labels = [LabelKey.cluster: "c"]
            }
            let set = SpicepodSet(metadata: metadata, spec: spec)
            var old = set
            if old.spec.volumeClaimTemplates?.isEmpty == false { old.spec.volumeClaimTemplates?[0].spec.storageClassName = "y" }
            let context = ValidationContext(old: old, storageClasses: ["x"])
            let findings = SpicepodSetValidator.findings(set, context)
            #expect(findings.count <= 102)
            #expect(findings.allSatisfy { $0.description.utf8.count < 2000 && !$0.description.contains("\n") }, "\(findings)")
            #expect(findings == SpicepodSetValidator.findings(set, context))
        }
        #expect(judged > 200)
    }

    /// The depth of the check is the schema's, not the document's.
    @Test func deepNesting() throws {
        var deep: JSONValue = 1
        for _ in 0..<500 { deep = ["datasets": [deep], "runtime": deep, "metadata": deep] }
        var set = try Sample.spicepod("{}")
        for key in ["datasets", "runtime", "metadata", "novelty"] { set.spec.spicepod?[key] = ["a": .array([deep])] }
        #expect(SpicepodSetValidator.findings(set).count < 10)
    }
}
