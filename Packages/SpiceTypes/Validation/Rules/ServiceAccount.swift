import KubernetesModel
import SpiceTypes

extension Rule {
    /// SpicepodSet page, Service Account: the name is required when the operator does not make the account.
    static let serviceAccount = Rule.error(
        "service-account", isEssential: true,
        "A ServiceAccount that is used and not made by the operator is named; names are such as objects can have."
    ) { subject, report in
        guard let account = subject.spec.serviceAccount else { return }
        let path = "spec.serviceAccount.name"
        if let name = account.name {
            guard !NameSyntax.isSubdomain(name) else { return }
            report.add(
                path,
                name.isEmpty
                    ? "is empty; name a ServiceAccount or leave it out"
                    : "\(Quoted.text(name)) cannot name a ServiceAccount; use lower-case letters, digits, '-' and '.'")
        } else if account.enabled == true, account.create != true {
            report.add(path, "is missing; name an existing ServiceAccount, or set create to true")
        }
    }
}
