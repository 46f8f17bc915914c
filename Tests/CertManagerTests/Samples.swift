import JSON
import KubernetesClient
import KubernetesModel
import PKI
import SpiceTypes
import Testing

@testable import CertManager

extension World {
    @discardableResult
    func createCluster(_ name: String = "demo", _ namespace: String = "default", spec: JSONValue = [:]) async throws -> String {
        var object: JSONValue = [
            "apiVersion": "spice.ai/v2", "kind": "SpicepodCluster",
            "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "spec": ["schedulerSpec": ["spicepod": ["name": "demo", "kind": "Spicepod", "version": "v2"]], "executorSpec": [:]],
        ]
        for (key, value) in spec.objectValue ?? [:] { object[path: "spec", key] = value }
        return try await create(.spicepodClusters, object)[path: "metadata", "uid"]?.stringValue ?? ""
    }

    func createNode(
        _ role: ClusterRole, _ ordinal: Int = 0, cluster: String = "demo", _ namespace: String = "default"
    ) async throws {
        let set = ClusterNames(cluster: cluster).set(role)
        var object: JSONValue = [
            "apiVersion": "apps/v1", "kind": "StatefulSet",
            "metadata": [
                "name": .string("\(set)-\(ordinal)"), "namespace": .string(namespace),
                "labels": [
                    "spice.ai/app": .string(set), "spice.ai/spicepod": .string(set),
                    "spice.ai/cluster": .string(ClusterNames(cluster: cluster).labelValue),
                    "spice.ai/cluster-role": .string(role.rawValue), "spice.ai/cluster-mtls": "enabled",
                ],
            ],
            "spec": ["serviceName": .string("\(set)-headless"), "replicas": 1, "selector": ["matchLabels": ["x": "y"]]],
        ]
        object[path: "spec", "template"] = [
            "metadata": ["labels": ["x": "y"]], "spec": ["containers": [["name": "spiced", "image": "spiced:1"]]],
        ]
        try await create(.statefulSets, object)
    }

    func secret(_ name: String, _ namespace: String = "default") async throws -> TLSData? {
        guard let object = try await object(.secrets, name, namespace) else { return nil }
        return try CachedAuthority(object).data
    }

    func authority(_ cluster: String = "demo", _ namespace: String = "default") async throws -> TLSData? {
        try await secret("\(namespace).\(cluster)-ca", Self.namespace)
    }

    func leaf(_ role: ClusterRole, _ ordinal: Int = 0, cluster: String = "demo") async throws -> TLSData? {
        try await secret("\(cluster)-\(role.rawValue)-\(ordinal)-mtls")
    }

    func condition(_ cluster: String = "demo") async throws -> Condition? {
        let status = try await object(.spicepodClusters, cluster)?["status"] ?? [:]
        return CertificateStatus(status).condition
    }

    /// What the runtime asks of its files: the first CA of `ca.crt` signed the certificate itself, the key belongs to it, and it is
    /// valid now.
    func accepts(_ data: TLSData?) -> Bool {
        guard let pair = data?.pair, let authority = data?.authority else { return false }
        return pair.certificate.isIssued(by: authority) && pair.validity.fault(at: now) == nil
            && authority.validity.fault(at: now) == nil
    }

    /// Whether a node with these files takes the other's certificate under that name.
    func trusts(_ node: TLSData?, _ other: TLSData?, host: String) -> Bool {
        guard let authority = node?.authority, let leaf = other?.certificate else { return false }
        let isValid = (try? Certificate.verifyServer([leaf], roots: [authority], at: now)) != nil
        return isValid && leaf.isIssued(by: authority) && leaf.names(host: host)
    }
}
