import JSON
public import KubernetesClient
import KubernetesModel
import ServiceKit
import SpiceTypes
import SpiceValidation

/// Tells of a ServiceAccount that a set names and nobody has made: its pods would not be admitted.
///
/// A warning only: the account may follow the set in the same `kubectl apply`. Asked for each review and never waited for long, because
/// admission must answer while the API server is slow.
public struct ServiceAccountLookup: Sendable {
    /// Whether the account exists; nil where nobody can tell.
    let exists: @Sendable (ObjectKey) async -> Bool?

    init(_ exists: @escaping @Sendable (ObjectKey) async -> Bool?) {
        self.exists = exists
    }

    public init(client: KubernetesClient) {
        var client = client
        client.retry = .never
        client.timeout = .seconds(1)
        let asked = client
        exists = { key in
            do throws(APIError) {
                _ = try await asked.get(.serviceAccounts, key)
                return true
            } catch {
                return error.code == .notFound ? false : nil
            }
        }
    }

    func warning(_ request: AdmissionRequest, policy: ValidationLevel) async -> String? {
        guard let object = request.object, let key = Self.account(in: object, namespace: request.namespace) else { return nil }
        guard ValidationLevel.level(of: object, policy: policy) != .off, await exists(key) == false else { return nil }
        return
            "spec.serviceAccount.name: no ServiceAccount \"\(key.name)\" is in namespace \(key.namespace); make it, or set create to true"
    }

    /// The account that the set uses and does not make.
    private static func account(in object: JSONValue, namespace: String) -> ObjectKey? {
        // the second is v1's
        guard let account = object[path: "spec", "serviceAccount"] ?? object[path: "spec", "service_account"],
            account["enabled"] == true, account["create"] != true, let name = account["name"]?.stringValue, !name.isEmpty
        else { return nil }
        return ObjectKey(namespace: object[path: "metadata", "namespace"]?.stringValue ?? namespace, name: name)
    }
}
