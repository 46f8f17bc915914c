import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel

/// What is under a name, as the API server has it. Caches are selected by labels, so somebody else's may be there.
struct SecretLookup {
    let client: KubernetesClient

    enum Found {
        case missing
        /// Somebody else's, or ours for something else.
        case foreign
        case ours(JSONValue)
        /// Ours, and nobody can tell any more what for: its labels were taken away, and caches do not see it.
        case unlabelled(JSONValue)
    }

    func find(_ key: ObjectKey, _ kind: SecretKind) async throws -> Found {
        let object: JSONValue
        do {
            object = try await client.get(.secrets, key)
        } catch {
            guard error.code == .notFound else { throw error }
            return .missing
        }
        let labels = (object[path: "metadata", "labels"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
        guard OwnedFields.digest(of: object, manager: CertManagerName.fieldManager) != nil else { return .foreign }
        switch SecretKind(labels: labels) {
        case kind: return .ours(object)
        case nil: return .unlabelled(object)
        default: return .foreign
        }
    }
}
