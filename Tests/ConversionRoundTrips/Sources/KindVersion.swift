import JSON
import SpiceTypes

/// A kind that has two versions.
public enum ConvertedKind: String, Sendable, CaseIterable {
    case set = "SpicepodSet"
    case cluster = "SpicepodCluster"

    public var stored: KindVersion { self == .set ? KindVersion.v2Set : .v2Cluster }
    public var older: KindVersion { self == .set ? KindVersion.v1Set : .v1alpha1Cluster }
}

/// A version of a kind, as its CRD has it.
public final class KindVersion: Sendable {
    public let kind: ConvertedKind
    public let name: String
    let spec: Shape
    let status: Shape
    /// Where the specs of pods are.
    let pods: [[String]]

    public var apiVersion: String { "spice.ai/\(name)" }
    var isStored: Bool { name == "v2" }
    var other: KindVersion { isStored ? kind.older : kind.stored }

    private init(_ kind: ConvertedKind, _ name: String, pods: [[String]]) {
        self.kind = kind
        self.name = name
        self.pods = pods
        let text = kind == .set ? GeneratedCRDs.spicepodSets : GeneratedCRDs.spicepodClusters
        let versions = (try? JSONValue(parsing: text))?[path: "spec", "versions"]?.arrayValue ?? []
        let schema = versions.first { $0["name"]?.stringValue == name }?[path: "schema", "openAPIV3Schema", "properties"]
        spec = Shape(schema?["spec"] ?? [:])
        status = Shape(schema?["status"] ?? [:])
    }

    static let v1Set = KindVersion(.set, "v1", pods: [["spec"]])
    static let v2Set = KindVersion(.set, "v2", pods: [["spec"]])
    static let v1alpha1Cluster = KindVersion(
        .cluster, "v1alpha1", pods: [["spec", "schedulerSetSpec"], ["spec", "executorSetSpec"]])
    static let v2Cluster = KindVersion(.cluster, "v2", pods: [["spec", "schedulerSpec"], ["spec", "executorSpec"]])
}

extension JSONValue {
    /// Changes what is at the path, where there is something.
    mutating func change(at path: [String], _ change: (inout JSONValue) -> Void) {
        guard let key = path.first else { return change(&self) }
        guard var inner = self[key] else { return }
        inner.change(at: Array(path.dropFirst()), change)
        self[key] = inner
    }
}
