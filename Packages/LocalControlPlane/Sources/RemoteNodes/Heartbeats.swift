import JSON
import KubernetesClient
import KubernetesModel
import Logging

/// Keeps the nodes registered and their Leases renewed, so that a cluster's node controller takes them for alive. A node with the
/// annotation `hollow/down` is silent.
struct Heartbeats: Sendable {
    private let mirror: Mirror
    private let client: KubernetesClient
    private let nodes: NodeController
    private let logger: Logger

    /// The kubelet's numbers.
    private static let interval = Duration.seconds(10)
    private static let leaseSeconds: Int64 = 40

    init(mirror: Mirror, client: KubernetesClient, nodes: NodeController, logger: Logger) {
        self.mirror = mirror
        self.nodes = nodes
        self.logger = logger
        var client = client
        // a beat that is late is worth nothing: the next one comes
        client.timeout = Self.interval
        client.retry = .never
        self.client = client
    }

    /// Runs until cancelled.
    func run() async throws {
        addStorageClass()
        while true {
            mirror.forgetEvents(before: SystemClock.now() + .seconds(-3600))
            let hasFailed = await beat()
            try await client.time.sleep(hasFailed ? .seconds(1) : Self.interval)
        }
    }

    /// Claims without a class need a default one.
    private func addStorageClass() {
        mirror.server.withCore { core in
            var cluster = Cluster(core: core, component: nodes.component)
            if cluster.list(.storageClasses).isEmpty { cluster.create(.storageClasses, APICore.standardStorageClass) }
            core = cluster.core
        }
    }

    private func beat() async -> Bool {
        let living = refresh()
        return await withTaskGroup(of: Bool.self) { group in
            for name in living { group.addTask { await renew(name) } }
            return await group.contains(false)
        }
    }

    /// Registers what is missing and says again what the node controller has taken back. Returns the nodes that are up.
    private func refresh() -> [String] {
        let nodes = nodes
        return mirror.server.withCore { core in
            var cluster = Cluster(core: core, component: nodes.component)
            let registrar = nodes
            _ = registrar.reconcile("", &cluster)
            var living: [String] = []
            for fresh in nodes.all(cluster.now) {
                guard let node = cluster.get(.nodes, fresh.key), !PodAnnotations(node).isSet("down") else { continue }
                living.append(node.name)
                let conditions = fresh.list("status", "conditions")
                let isSaid = conditions.allSatisfy { node.condition($0.string("type"))?["status"] == $0["status"] }
                if isSaid { continue }
                cluster.update(.nodes, fresh.key, subresource: "status") { node in
                    let others = node.list("status", "conditions").filter { old in
                        !conditions.contains { $0["type"] == old["type"] }
                    }
                    node["status", "conditions"] = .array(conditions + others)
                }
            }
            core = cluster.core
            return living
        }
    }

    private func renew(_ name: String) async -> Bool {
        // A Lease must name the node as the API knows it: the garbage collector removes what belongs to nobody.
        guard let node = mirror.known(Mirror.Identity(resource: .nodes, key: ObjectKey(name: name))) else { return false }
        let lease: JSONValue = [
            "metadata": [
                "ownerReferences": [["apiVersion": "v1", "kind": "Node", "name": .string(name), "uid": .string(node.uid)]]
            ],
            "spec": [
                "holderIdentity": .string(name), "leaseDurationSeconds": .int(Self.leaseSeconds),
                "renewTime": .string(SystemClock.now().microText),
            ],
        ]
        do {
            _ = try await client.apply(.leases, ObjectKey(namespace: "kube-node-lease", name: name), lease, force: true)
            return true
        } catch {
            if error.code != .cancelled {
                logger.warning("cannot renew lease", metadata: ["node": "\(name)", "error": "\(error)"])
            }
            return false
        }
    }
}
