import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import SpiceTypes
import Testing

/// Control planes for these tests alone: cert-manager looks after every webhook that there is on one.
actor CertificatePlanes {
    static let shared = CertificatePlanes()
    private var starting: [ControlPlane: Task<RunningControlPlane, any Error>] = [:]

    func get(_ kind: ControlPlane) async throws -> RunningControlPlane {
        let task = starting[kind] ?? Task { try await Self.start(kind) }
        starting[kind] = task
        return try await task.value
    }

    static func start(_ kind: ControlPlane) async throws -> RunningControlPlane {
        kind == .real ? try await RunningControlPlane.startReal() : try await RunningControlPlane.startEmbedded()
    }
}

extension World {
    static func certificates(_ kind: ControlPlane, _ name: String, _ body: (World) async throws -> Void) async throws {
        try await with({ try await CertificatePlanes.shared.get(kind) }, name, body)
    }

    /// Everything that makes nodes with certificates.
    /// - Returns: cert-manager, which gets the flags.
    @discardableResult
    func startCertificateServices(_ flags: [String] = []) async throws -> Controller {
        let certManager = try await startController("a", flags, of: .certManager, awaitsReady: false)
        try await startController()
        try await startController(of: .clusterController)
        try await certManager.awaitReady()
        return certManager
    }

    func makeSecureCluster(_ name: String, schedulers: Int64 = 1, executors: Int64 = 2) async throws {
        let spicepod: JSONValue = [
            "version": "v2", "kind": "Spicepod", "name": .string(name),
            "runtime": ["scheduler": ["state_location": "s3://bucket/state"]],
        ]
        _ = try await client.create(
            .spicepodClusters,
            [
                "apiVersion": "spice.ai/v2", "kind": "SpicepodCluster",
                "metadata": ["name": .string(name), "namespace": .string(namespace)],
                "spec": [
                    "schedulerSpec": ["replicas": .int(schedulers), "spicepod": spicepod],
                    "executorSpec": ["replicas": .int(executors)],
                ],
            ])
    }

    @discardableResult
    func readySecureCluster(_ name: String) async throws -> JSONValue {
        try await ready(name, .spicepodClusters, within: .seconds(120))
    }

    /// The StatefulSets of a cluster.
    func nodes(of cluster: String) async throws -> [String] {
        let labels = "\(LabelKey.cluster)=\(cluster),\(LabelKey.clusterMTLS)=\(NodeCertificate.enabled)"
        let found = try await client.list(.statefulSets, namespace: namespace, selector: Selector(labels: labels))
        return found.items.map(\.name).sorted()
    }

    /// What a node advertises: `<pod>.<headless>.<namespace>.svc.<cluster-domain>`.
    func host(_ statefulSet: String) -> String {
        let set = statefulSet.split(separator: "-").dropLast().joined(separator: "-")
        return "\(statefulSet)-0.\(set)-headless.\(namespace).svc.cluster.local"
    }

    func files(_ statefulSet: String) async throws -> NodeFiles {
        let secret = try await client.get(.secrets, key(NodeCertificate.secret(statefulSet: statefulSet)))
        return try #require(NodeFiles(secret))
    }

    func authority(of cluster: String, in operatorNamespace: String? = nil) async throws -> JSONValue {
        let name = ClusterNames(cluster: cluster).authoritySecret(namespace: namespace)
        return try await client.get(.secrets, ObjectKey(namespace: operatorNamespace ?? namespace, name: name))
    }

    func requestKeyReplacement(_ cluster: String, _ value: String) async throws {
        let annotations: JSONValue = [AnnotationKey.rotateCA: .string(value)]
        _ = try await client.patch(.spicepodClusters, key(cluster), .merge(["metadata": ["annotations": annotations]]))
    }
}

extension JSONValue {
    func annotation(_ name: String) -> String? { self[path: "metadata", "annotations", name]?.stringValue }

    /// A member of a Secret's data, as it is.
    func secretBytes(_ name: String) -> [UInt8]? {
        self[path: "data", name]?.stringValue.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    }
}

extension NodeFiles {
    init?(_ secret: JSONValue) {
        guard let authority = secret.secretBytes(NodeCertificate.authority),
            let certificate = secret.secretBytes(NodeCertificate.certificate), let key = secret.secretBytes(NodeCertificate.key)
        else { return nil }
        self.init(authority: authority, certificate: certificate, key: key)
    }
}
