import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import YAML

/// Kubeconfigs made from a control plane's own.
enum Kubeconfig {
    private static func read(_ plane: RunningControlPlane) throws -> JSONValue {
        try YAML.parse(try String(contentsOfFile: plane.kubeconfig, encoding: .utf8))
    }

    /// host:port
    static func address(of plane: RunningControlPlane) throws -> String {
        let server = try read(plane)["clusters"]?[0]?[path: "cluster", "server"]?.stringValue ?? ""
        return String(server.dropFirst("https://".count))
    }

    /// The same cluster, as the owner of the token that the file holds.
    /// - Returns: the kubeconfig's path.
    static func write(_ plane: RunningControlPlane, tokenFile: String) throws -> String {
        var config = try read(plane)
        let context = config["contexts"]?[0]?["context"]
        config["users"] = [["name": context?["user"] ?? "", "user": ["tokenFile": .string(tokenFile)]]]
        let path = "\(try TestRun.makeDirectory("kubeconfig"))/kubeconfig"
        try config.text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}

extension World {
    /// A token of a ServiceAccount of this namespace with these rights in it.
    func token(of account: String, rules: JSONValue) async throws -> String {
        _ = try await client.create(
            .serviceAccounts,
            [
                "apiVersion": "v1", "kind": "ServiceAccount",
                "metadata": ["name": .string(account), "namespace": .string(namespace)],
            ])
        let metadata: JSONValue = ["name": .string(account), "namespace": .string(namespace)]
        let group = "rbac.authorization.k8s.io"
        _ = try await client.create(
            .roles, ["apiVersion": .string("\(group)/v1"), "kind": "Role", "metadata": metadata, "rules": rules])
        _ = try await client.create(
            .roleBindings,
            [
                "apiVersion": .string("\(group)/v1"), "kind": "RoleBinding", "metadata": metadata,
                "roleRef": ["apiGroup": .string(group), "kind": "Role", "name": .string(account)],
                "subjects": [["kind": "ServiceAccount", "name": .string(account), "namespace": .string(namespace)]],
            ])
        let request: JSONValue = ["apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": ["audiences": []]]
        let answer = try await client.create(.serviceAccounts, key(account), subresource: "token", request)
        guard let token = answer[path: "status", "token"]?.stringValue else {
            throw TimedOut(description: "no token in \(answer.text)")
        }
        return token
    }
}
