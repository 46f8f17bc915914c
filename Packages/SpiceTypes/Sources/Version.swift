public import JSON
import KubernetesModel

/// The identity of what a set's pods are made of: equal versions give interchangeable pods.
///
/// SHA-256 over canonical JSON of the deployment-affecting fields and a schema number. Never in it: replicas, update
/// strategy, standby, NetworkPolicy rules, Service, and the size of volumes (they grow in place). What is absent and what
/// is written as its default are the same, except for the image: its default moves with releases of the operator, and must not
/// move what runs.
public struct Version: Sendable, Hashable, CustomStringConvertible {
    /// 64 hexadecimal digits.
    public var sha: String

    public init(sha: String) {
        self.sha = sha
    }

    /// The first eight digits: in names, and the value of the label `spice.ai/version`.
    public var short: String { String(sha.prefix(8)) }

    public var description: String { sha }

    /// Raising it rolls every workload of every user; the golden hashes of the tests guard it.
    static let schema: Int64 = 1

    public init(of spec: SpicepodSetSpec, named name: String) throws(JSONError) {
        sha = SHA256.hex(try Self.content(of: spec, named: name).serialized())
    }

    /// What the version is the hash of: to tell why two of them differ.
    public static func content(of spec: SpicepodSetSpec, named name: String) throws(JSONError) -> JSONValue {
        let affecting = Affecting(
            schema: schema, spicepod: spec.spicepod, image: spec.image, ports: spec.ports, resources: spec.resources,
            env: spec.env, envFromSource: spec.envFromSource,
            volumeClaimTemplates: spec.volumeClaimTemplates?.map { template in
                var template = template
                template.metadata = VolumeClaimMetadata {
                    $0.name = template.name
                    $0.labels = template.metadata?.labels
                    $0.annotations = template.metadata?.annotations
                }
                template.spec.resources?.requests?["storage"] = nil
                return template
            },
            volumeMounts: spec.volumeMounts, serviceAccountName: spec.podServiceAccountName(set: name),
            dnsPolicy: spec.network?.dnsPolicy, dnsConfig: spec.network?.dnsConfig, annotations: spec.annotations,
            labels: spec.labels, probes: spec.probes, nodeAffinity: spec.nodeAffinity, tolerations: spec.tolerations,
            terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds, cluster: spec.cluster)
        let tree = try JSONTreeEncoder().encode(affecting)
        return withoutEmpty(tree, keeping: ["spicepod"]) ?? .object([:])
    }

    private struct Affecting: Encodable {
        var schema: Int64
        var spicepod: JSONValue?
        var image: ContainerImage?
        var ports: RuntimePorts
        var resources: ResourceRequirements?
        var env: [EnvVar]?
        var envFromSource: [EnvFromSource]?
        var volumeClaimTemplates: [VolumeClaimTemplate]?
        var volumeMounts: [VolumeMount]?
        var serviceAccountName: String?
        var dnsPolicy: DNSPolicy?
        var dnsConfig: PodDNSConfig?
        var annotations: [String: String]?
        var labels: [String: String]?
        var probes: ProbesSpec?
        var nodeAffinity: NodeAffinity?
        var tolerations: [Toleration]?
        var terminationGracePeriodSeconds: Int64?
        var cluster: ClusterMembership?
    }

    /// The tree without empty objects and arrays, which mean the same as their absence, except below `keeping`: an empty
    /// list in the Spicepod is the user's.
    private static func withoutEmpty(_ value: JSONValue, keeping: Set<String> = []) -> JSONValue? {
        switch value {
        case .object(let members):
            var kept: [String: JSONValue] = [:]
            for (key, member) in members {
                kept[key] = keeping.contains(key) ? member : withoutEmpty(member)
            }
            return kept.isEmpty ? nil : .object(kept)
        case .array(let elements):
            // an empty element still holds its place
            return elements.isEmpty ? nil : .array(elements.map { withoutEmpty($0) ?? .object([:]) })
        default: return value
        }
    }
}

extension SpicepodSetSpec {
    /// The ServiceAccount that the pods name; nil is the namespace's default one.
    public func podServiceAccountName(set name: String) -> String? {
        guard let account = serviceAccount, account.enabled == true else { return nil }
        return account.name ?? name
    }
}
