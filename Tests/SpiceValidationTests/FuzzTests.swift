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

/// Random changes of a tree.
private struct Mutation {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func mutated(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var members) where !members.isEmpty && below(8) > 0:
            let keys = members.keys.sorted()
            let key = keys[below(keys.count)]
            switch below(12) {
            case 0: members[key] = nil
            case 1: members[odd().stringValue ?? "x"] = members[key]
            default: members[key] = members[key].map { mutated($0) }
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && below(8) > 0:
            let index = below(elements.count)
            switch below(10) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            case 2: elements += Array(repeating: elements[index], count: 1 + below(200))
            default: elements[index] = mutated(elements[index])
            }
            return .array(elements)
        case .string where below(2) == 0: return .string(text())
        case .int where below(2) == 0:
            return .int([-1, 0, 1, Int64(Int32.max), Int64(Int32.min), .max, .min, 65536][below(8)])
        default: return below(4) > 0 ? value : odd()
        }
    }

    private mutating func odd() -> JSONValue {
        [.null, true, -1, 1.5, [], [:], [[:]], ["": ""], .string(text())][below(9)]
    }

    private mutating func text() -> String {
        let samples = [
            "", "%", "-1%", "999999999999%", "/", "//", ":", "@", "a\nb\"c\\", "\u{0}", "\u{202E}ä\u{1F600}", "10.0.0.0/99",
            "1e99Gi",
            "spice.ai/app", String(repeating: "x", count: 5000), "name: [", "kubernetes:", "v9", "9223372036854775808s",
        ]
        return samples[below(samples.count)]
    }
}
