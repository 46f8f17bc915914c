import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

extension SpicepodSetSpec {
    /// Whether the operator makes the pods' ServiceAccount, Role and RoleBinding.
    var createsServiceAccount: Bool { serviceAccount?.enabled == true && serviceAccount?.create == true }
}

enum ServiceAccountBuilder {
    static func build(_ child: ChildMetadata) throws(JSONError) -> DesiredObject? {
        guard child.set.spec.createsServiceAccount, let name = child.set.spec.podServiceAccountName(set: child.names.plain) else {
            return nil
        }
        let metadata = child.metadata(name, .identity, annotations: child.set.spec.serviceAccount?.annotations ?? [:])
        return try child.object(.serviceAccounts, metadata, .object([:]))
    }
}
