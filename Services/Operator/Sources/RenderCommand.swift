import ArgumentParser
import JSON
import KubernetesModel
import SetController
import SetControllerProgram
import SpiceConversion
import SpiceTypes
import SpiceValidation

/// `spiceai-operator render`: the objects that sets become.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print the objects that a SpicepodSet becomes.",
        discussion: """
            Works without a cluster, with the same rules and builders as set-controller: for reviews (`render -f set.yaml | \
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
            guard manifest.isSpicepodSet else {
                throw ManifestError(
                    place: manifest.place(of: "kind"),
                    message: "\(manifest.kind) cannot be rendered; give a SpicepodSet of spice.ai")
            }
            let set = try manifest.spicepodSet()
            let level = ValidationLevel.level(of: set.metadata, policy: settings.admissionPolicy)
            if let finding = SpicepodSetValidator.blocking(SpicepodSetValidator.findings(set), at: level).first {
                throw ManifestError(
                    place: manifest.place(of: finding.path), message: "\(finding) (`spiceai-operator validate` lists everything)")
            }
            return try SetRenderer.objects(of: set, settings: settings.settings(clusterDomain: clusterDomain))
        }
        print(output.text(objects), terminator: "")
    }
}

extension Manifest {
    var isSpicepodSet: Bool {
        kind == ResourceType.spicepodSets.kind && apiVersion.hasPrefix("\(ResourceType.spicepodSets.group)/")
    }

    /// The set in the current version.
    /// - Throws: `ManifestError` that names the field and its line.
    func spicepodSet() throws(ManifestError) -> SpicepodSet {
        let object = try converted(to: ResourceType.spicepodSets.apiVersion)
        do {
            return try JSONTreeDecoder().decode(SpicepodSet.self, from: object)
        } catch {
            throw failure(error.path.isEmpty ? "spec" : error.path, error.message)
        }
    }
}
