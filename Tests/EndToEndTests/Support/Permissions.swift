import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import YAML

/// A service's own account, with the permissions that the chart gives it.
struct ServiceAccount: Sendable {
    var kubeconfig: String
    /// Asks as the service may.
    var client: KubernetesClient
}

extension World {
    /// Makes the objects of `charts/spiceai-operator/rbac/<service>.yaml` with this namespace as the operator's.
    func account(of service: String) async throws -> ServiceAccount {
        let file = "\(TestRun.repository)/charts/spiceai-operator/rbac/\(service).yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8).replacing("spiceai-operator-system", with: namespace)
        for object in try YAML.documents(text) { try await install(object) }
        let request: JSONValue = ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": ["audiences": []]]
        let answer = try await client.create(.serviceAccounts, key("spice-\(service)"), subresource: "token", request)
        guard let token = answer[path: "status", "token"]?.stringValue else { throw TimedOut(description: "no token") }
        let path = "\(directory)/\(service)-token"
        try token.write(toFile: path, atomically: true, encoding: .utf8)
        let kubeconfig = try Kubeconfig.write(plane, tokenFile: path)
        return ServiceAccount(
            kubeconfig: kubeconfig,
            client: KubernetesClient(
                transport: try await ClusterConnection.load(kubeconfig: kubeconfig).makeTransport(),
                fieldManager: "spice-\(service)",
                userAgent: "end-to-end/\(service)"))
    }

    /// The names of what belongs to no namespace are this world's, as others install the same files.
    private func install(_ object: JSONValue) async throws {
        let kind = object["kind"]?.stringValue ?? ""
        let group = object["apiVersion"]?.stringValue?.split(separator: "/").first.map(String.init) ?? ""
        let isNamespaced = !kind.hasPrefix("Cluster")
        var object = object
        if !isNamespaced { object[path: "metadata", "name"] = .string("\(object.name)-\(namespace)") }
        if kind == "ClusterRoleBinding" {
            object[path: "roleRef", "name"] = .string("\(object[path: "roleRef", "name"]?.stringValue ?? "")-\(namespace)")
        }
        let resource = ResourceType(
            group: group == "v1" ? "" : group, version: "v1", plural: "\(kind.lowercased())s", kind: kind, namespaced: isNamespaced)
        _ = try await client.create(resource, object)
        if !isNamespaced { removeAtEnd(resource, ObjectKey(name: object.name)) }
    }
}
