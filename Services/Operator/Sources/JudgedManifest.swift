import JSON
import KubernetesModel
import SpiceConversion
import SpiceTypes
import SpiceValidation

/// Manifests of the suite's own kinds.
extension Manifest {
    func isOf(_ type: ResourceType) -> Bool { kind == type.kind && apiVersion.hasPrefix("\(type.group)/") }

    /// The set in the current version.
    /// - Throws: `ManifestError` that names the field and its line.
    func spicepodSet() throws(ManifestError) -> SpicepodSet { try decoded(SpicepodSet.self, .spicepodSets) }

    /// The cluster in the current version.
    /// - Throws: `ManifestError` that names the field and its line.
    func spicepodCluster() throws(ManifestError) -> SpicepodCluster { try decoded(SpicepodCluster.self, .spicepodClusters) }

    /// What the rules find, in the fields of the manifest; nothing for other kinds.
    func findings(clusterDomain: String = "cluster.local") throws(ManifestError) -> [Finding] {
        if isOf(.spicepodSets) { return SpicepodSetValidator.findings(try spicepodSet()) }
        guard isOf(.spicepodClusters) else { return [] }
        let context = ClusterValidationContext(clusterDomain: clusterDomain)
        return LegacyFindings.inFields(of: object, SpicepodClusterValidator.findings(try spicepodCluster(), context))
    }

    private func decoded<Object: Decodable>(_: Object.Type, _ type: ResourceType) throws(ManifestError) -> Object {
        let object = try converted(to: type.apiVersion)
        do {
            return try JSONTreeDecoder().decode(Object.self, from: object)
        } catch {
            throw failure(error.path.isEmpty ? "spec" : error.path, error.message)
        }
    }
}
