import JSON
import KubernetesClient
import KubernetesModel

extension KubernetesClient {
    /// A CustomResourceDefinition as the cluster has it; nil where it is not installed.
    func installedDefinition(_ name: String) async throws(APIError) -> JSONValue? {
        do {
            return try await get(.customResourceDefinitions, ObjectKey(name: name))
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }
}
