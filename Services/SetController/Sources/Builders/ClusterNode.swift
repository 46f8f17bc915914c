import KubernetesModel
import SpiceTypes

/// What makes a pod a node of a SpicepodCluster: how it finds the others, how they reach it, and how it proves who it is.
/// The flags are the runtime's of cluster mode (page: Distributed Query); it refuses to start where one is missing.
struct ClusterNode {
    let cluster: ClusterMembership
    /// Where the pod is reached by the other nodes.
    private let domain: String
    private let userVariables: Set<String>

    init?(_ child: ChildMetadata, clusterDomain: String) {
        guard let cluster = child.set.spec.cluster else { return nil }
        self.cluster = cluster
        domain = ClusterNames.host(
            service: child.names.headlessService, namespace: child.namespace, clusterDomain: clusterDomain)
        userVariables = Set((child.set.spec.env ?? []).map(\.name))
    }

    /// Of pods and StatefulSets: cert-manager answers it with a Secret for each StatefulSet.
    var labels: [String: String] { cluster.usesMutualTLS ? [LabelKey.clusterMTLS: NodeCertificate.enabled] : [:] }

    var arguments: [String] {
        var arguments = ["--role", cluster.role.rawValue]
        if cluster.role == .executor, let address = cluster.schedulerAddress { arguments += ["--scheduler-address", address] }
        arguments += [
            "--node-bind-address", cluster.effectiveBindAddress, "--node-advertise-address", "$(\(podName)).\(domain)",
        ]
        return arguments + credentials
    }

    private var credentials: [String] {
        guard cluster.usesMutualTLS else { return ["--allow-insecure-connections"] }
        func file(_ key: String) -> String { "\(NodeCertificate.directory)/\(key)" }
        return [
            "--node-mtls-ca-certificate-file", file(NodeCertificate.authority),
            "--node-mtls-certificate-file", file(NodeCertificate.certificate),
            "--node-mtls-key-file", file(NodeCertificate.key),
        ]
    }

    var ports: [ContainerPort] { [ContainerPort(name: "cluster", containerPort: cluster.port)] }

    // MARK: Name

    /// One template serves all ordinals, so the pod tells its own name. Before the user's variables, which may refer to it.
    var variables: [EnvVar] {
        [EnvVar(name: podName, valueFrom: EnvVarSource { $0.fieldRef = ObjectFieldSelector(fieldPath: "metadata.name") })]
    }

    /// A variable that the user has not taken.
    private var podName: String {
        var name = "SPICE_POD_NAME"
        while userVariables.contains(name) { name += "_" }
        return name
    }

    // MARK: Certificate

    /// Readable by the pod's group, which the kubelet makes that of the files. Not optional: the pod waits for its certificate.
    var volumes: [Volume] {
        guard cluster.usesMutualTLS else { return [] }
        return [
            Volume {
                $0.name = NodeCertificate.volume
                $0.secret = SecretVolumeSource(secretName: "", defaultMode: 0o440)
            }
        ]
    }

    /// A directory: the files of a subPath would never be renewed.
    var mounts: [VolumeMount] {
        guard cluster.usesMutualTLS else { return [] }
        return [VolumeMount(name: NodeCertificate.volume, mountPath: NodeCertificate.directory, readOnly: true)]
    }

    /// The template is of a version; the Secret is of a StatefulSet.
    static func addressCertificate(of statefulSet: String, in template: inout PodTemplateSpec) {
        template.spec.volumes = template.spec.volumes?.map { volume in
            guard volume.name == NodeCertificate.volume else { return volume }
            var volume = volume
            volume.secret?.secretName = NodeCertificate.secret(statefulSet: statefulSet)
            return volume
        }
    }
}

extension SpicepodSetSpec {
    /// Executors fetch the definition from the schedulers when they start.
    var hasSpicepod: Bool { cluster?.role != .executor }

    /// Executors serve no HTTP API that could be asked (page: "Cluster executors have no probes").
    var hasProbes: Bool { cluster?.role != .executor }
}
