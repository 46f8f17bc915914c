import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// What the pods may do: read the Secrets that the Spicepod names as stores (`from: kubernetes:<secret>`), no other.
enum RoleBuilder {
    static func build(_ child: ChildMetadata) throws(JSONError) -> DesiredObject? {
        guard child.set.spec.createsServiceAccount else { return nil }
        let secrets = secretStores(child.set.spec.spicepod)
        let rules =
            secrets.isEmpty ? [] : [PolicyRule(apiGroups: [""], resources: ["secrets"], resourceNames: secrets, verbs: ["get"])]
        let content: JSONValue = rules.isEmpty ? [:] : ["rules": try JSONTreeEncoder().encode(rules)]
        return try child.object(.roles, child.metadata(child.names.plain, .identity), content)
    }

    static func secretStores(_ spicepod: JSONValue?) -> [String] {
        let stores = spicepod?["secrets"]?.arrayValue ?? []
        let names = stores.compactMap { $0["from"]?.stringValue }.filter { $0.hasPrefix("kubernetes:") }.map { $0.dropFirst(11) }
        return Set(names).filter { !$0.isEmpty }.map(String.init).sorted()
    }
}

enum RoleBindingBuilder {
    static func build(_ child: ChildMetadata) throws(JSONError) -> DesiredObject? {
        guard child.set.spec.createsServiceAccount, let account = child.set.spec.podServiceAccountName(set: child.names.plain)
        else {
            return nil
        }
        let encoder = JSONTreeEncoder()
        let content: JSONValue = [
            "roleRef": try encoder.encode(RoleRef(kind: "Role", name: child.names.plain)),
            "subjects": try encoder.encode([Subject(kind: "ServiceAccount", name: account, namespace: child.namespace)]),
        ]
        return try child.object(.roleBindings, child.metadata(child.names.plain, .identity), content)
    }
}
