import KubernetesModel
import SpiceTypes

extension Rule {
    /// Children are named after the set, and Services are named by DNS labels that begin with a letter (RFC 1035). Longer names
    /// are cut and hashed.
    static let setName = Rule.error(
        "set-name", isEssential: true, "The set's name can name its children, which a Service is among."
    ) { subject, report in
        let metadata = subject.set.metadata
        let isGenerated = (metadata.name ?? "").isEmpty
        let path = isGenerated ? "metadata.generateName" : "metadata.name"
        // What the API server adds to a prefix is five letters and digits.
        guard let name = isGenerated ? metadata.generateName.map({ $0 + "00000" }) : metadata.name, !name.isEmpty else {
            return report.add("metadata.name", "is missing; give the set a name")
        }
        let shown = Quoted.text(isGenerated ? metadata.generateName ?? "" : name)
        if let first = name.first, !first.isLetter {
            report.add(path, "\(shown) cannot name a Service; begin the name with a letter")
        } else if name.contains(".") {
            report.add(path, "\(shown) cannot name a Service; use a name without dots")
        } else if !NameSyntax.isSubdomain(name) {
            report.add(path, "\(shown) is no name of an object; use up to 253 lower-case letters, digits and '-'")
        }
    }
}
