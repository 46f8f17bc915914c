import JSON
import KubernetesModel

extension SpicepodCluster {
    /// The child SpicepodSet of a role as it is wanted, without owner and status: what cluster-controller applies, and what the
    /// rules judge.
    public func set(_ role: ClusterRole, clusterDomain: String) -> SpicepodSet {
        let metadata = ObjectMeta {
            $0.name = names.set(role)
            $0.namespace = self.metadata.namespace
            $0.labels = labels(role)
        }
        var spec = SpicepodSetSpec(nodes: self.spec[role])
        spec.cluster = membership(role, clusterDomain: clusterDomain)
        // Executors answer schedulers only, on a port that no Service for clients has.
        if role == .executor { spec.service = ServiceToggle { $0.enabled = false } }
        return SpicepodSet(metadata: metadata, spec: spec)
    }

    private func labels(_ role: ClusterRole) -> [String: String] {
        let set = ChildNames(set: names.set(role)).labelValue
        return [
            "app.kubernetes.io/name": "spice",
            "app.kubernetes.io/instance": names.labelValue,
            "app.kubernetes.io/component": Component.runtime.rawValue,
            "app.kubernetes.io/managed-by": "spiceai-operator",
            LabelKey.component: Component.runtime.rawValue,
            LabelKey.app: set,
            LabelKey.spicepod: set,
            LabelKey.cluster: names.labelValue,
            LabelKey.clusterRole: role.rawValue,
        ]
    }

    private func membership(_ role: ClusterRole, clusterDomain: String) -> ClusterMembership {
        ClusterMembership {
            $0.name = metadata.name ?? ""
            $0.role = role
            $0.bindAddress = spec[role].cluster?.bindAddress
            if spec.allowInsecureConnections == true { $0.allowInsecureConnections = true }
            // no use to schedulers, but the rules are to find it
            $0.schedulerAddress = spec[role].cluster?.schedulerAddress
            if role == .executor {
                $0.schedulerAddress = schedulerAddress(clusterDomain: clusterDomain)
                // The runtime reads the definition once, when it starts.
                $0.definition = spec.schedulerSpec.spicepod.map { String(SHA256.hex($0.serialized()).prefix(8)) }
            }
        }
    }

    /// The URL at which executors find the schedulers.
    public func schedulerAddress(clusterDomain: String) -> String {
        if let address = spec.executorSpec.cluster?.schedulerAddress { return address }
        let host = ClusterNames.host(
            service: names.discoveryService, namespace: metadata.namespace ?? "default", clusterDomain: clusterDomain)
        return "\(spec.allowInsecureConnections == true ? "http" : "https")://\(host):\(schedulerPort)"
    }

    /// The port on which schedulers listen for other nodes.
    public var schedulerPort: Int32 { port(.scheduler) }

    /// The port on which nodes of a role listen for the others.
    public func port(_ role: ClusterRole) -> Int32 {
        ClusterMembership { $0.bindAddress = spec[role].cluster?.bindAddress }.port
    }
}

extension SpicepodSetSpec {
    fileprivate init(nodes: ClusterNodeSpec) {
        self.init()
        replicas = nodes.replicas ?? 1
        spicepod = nodes.spicepod
        image = nodes.image
        http = nodes.http
        flight = nodes.flight
        metrics = nodes.metrics
        resources = nodes.resources
        env = nodes.env
        envFromSource = nodes.envFromSource
        volumeClaimTemplates = nodes.volumeClaimTemplates
        volumeMounts = nodes.volumeMounts
        serviceAccount = nodes.serviceAccount
        updateStrategy = nodes.updateStrategy
        network = nodes.network
        annotations = nodes.annotations
        labels = nodes.labels
        probes = nodes.probes
        nodeAffinity = nodes.nodeAffinity
        tolerations = nodes.tolerations
        terminationGracePeriodSeconds = nodes.terminationGracePeriodSeconds
        progressDeadlineSeconds = nodes.progressDeadlineSeconds
        podDisruptionBudget = nodes.podDisruptionBudget
    }
}
