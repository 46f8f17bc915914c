import ArgumentParser
import ClusterController
import ControllerRuntime
import JSON
import KubernetesModel
import SetController
import SetControllerProgram
import SpiceTypes
import SpiceValidation

/// `spiceai-operator render`: the objects that sets and clusters become.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print the objects that a SpicepodSet or SpicepodCluster becomes.",
        discussion: """
            Works without a cluster, with the same rules and builders as the controllers: for reviews (`render -f set.yaml | \
            kubectl diff -f -`) and for checks with other tools. Owner references are left out.
            """)

    @OptionGroup var manifests: ManifestOptions

    @Option(name: [.customShort("o"), .long], help: "How they are printed.")
    var output = ObjectFormat.yaml

    @Option(help: "DNS domain of the cluster.")
    var clusterDomain = "cluster.local"

    @OptionGroup(title: "As given to set-controller") var settings: SetSettingsOptions

    func run() throws {
        let objects = try manifests.read().flatMap { manifest -> [JSONValue] in
            guard manifest.isOf(.spicepodSets) || manifest.isOf(.spicepodClusters) else {
                throw ManifestError(
                    place: manifest.place(of: "kind"),
                    message: "\(manifest.kind) cannot be rendered; give a SpicepodSet or SpicepodCluster of spice.ai")
            }
            let level = ValidationLevel.level(of: manifest.object, policy: settings.admissionPolicy)
            let findings = try manifest.findings(clusterDomain: clusterDomain)
            if let finding = SpicepodSetValidator.blocking(findings, at: level).first {
                throw ManifestError(
                    place: manifest.place(of: finding.path), message: "\(finding) (`spiceai-operator validate` lists everything)")
            }
            return manifest.isOf(.spicepodSets)
                ? try rendered(manifest.spicepodSet()) : try rendered(manifest.spicepodCluster())
        }
        print(output.text(objects), terminator: "")
    }

    private func rendered(_ set: SpicepodSet) throws -> [JSONValue] {
        try SetRenderer.objects(of: set, settings: settings.settings(clusterDomain: clusterDomain))
    }

    /// What cluster-controller makes of it, then what set-controller makes of that.
    private func rendered(_ cluster: SpicepodCluster) throws -> [JSONValue] {
        let sets = ClusterRole.allCases.map { cluster.set($0, clusterDomain: clusterDomain) }
        return try sets.map(Self.manifest) + [Self.discovery(cluster)] + sets.flatMap { try rendered($0) }
    }

    private static func discovery(_ cluster: SpicepodCluster) throws -> JSONValue {
        var service = try DiscoveryService.build(cluster).object
        service[path: "metadata", "ownerReferences"] = nil
        return service
    }

    private static func manifest(_ set: SpicepodSet) throws -> JSONValue {
        var object = try JSONTreeEncoder().encode(set)
        object["apiVersion"] = .string(ResourceType.spicepodSets.apiVersion)
        object["kind"] = .string(ResourceType.spicepodSets.kind)
        return object
    }
}
