import JSON
import KubernetesModel
import SpiceTypes

/// The pod that a version of a set is made of. Built once, when the version is born, and kept with it from then on.
enum PodTemplateBuilder {
    static let containerName = "spiced"
    static let defaultContainerAnnotation = "kubectl.kubernetes.io/default-container"
    private static let configVolume = "spice-config"
    private static let temporaryVolume = "spice-tmp"

    static func build(_ child: ChildMetadata, version: Version, settings: Settings) -> PodTemplateSpec {
        let spec = child.set.spec
        let node = ClusterNode(child, clusterDomain: settings.clusterDomain)
        return PodTemplateSpec {
            $0.metadata.labels = child.labels(.runtime, version: version).merging(node?.labels ?? [:]) { _, own in own }
            $0.metadata.annotations = podAnnotations(spec)
            $0.spec = PodSpec {
                // Always named: the API server keeps a second field of it, from which a name that is left out would come back.
                $0.serviceAccountName = spec.podServiceAccountName(set: child.names.plain) ?? "default"
                // Service variables of every neighbour slow the start and collide with SPICE_*.
                $0.enableServiceLinks = false
                $0.terminationGracePeriodSeconds = gracePeriod(spec)
                $0.dnsPolicy = spec.network?.dnsPolicy?.rawValue
                $0.dnsConfig = spec.network?.dnsConfig
                $0.securityContext = podSecurity
                $0.imagePullSecrets = spec.image?.pullSecret.map { [LocalObjectReference(name: $0)] }
                $0.affinity = spec.nodeAffinity.map { nodeAffinity in Affinity { $0.nodeAffinity = nodeAffinity } }
                $0.tolerations = spec.tolerations
                $0.containers = [container(spec, node)]
                $0.volumes = volumes(child, version: version) + (node?.volumes ?? [])
            }
        }
    }

    private static func podAnnotations(_ spec: SpicepodSetSpec) -> [String: String] {
        [defaultContainerAnnotation: containerName].merging(spec.annotations ?? [:]) { _, user in user }
    }

    private static func container(_ spec: SpicepodSetSpec, _ node: ClusterNode?) -> Container {
        let ports = spec.ports
        let image = spec.image ?? ContainerImage()
        return Container {
            $0.name = containerName
            $0.image = image.reference
            $0.imagePullPolicy = image.effectivePullPolicy.rawValue
            // spiced binds to loopback unless told otherwise
            let servers = [
                "--http", "0.0.0.0:\(ports.http)", "--flight", "0.0.0.0:\(ports.flight)", "--metrics", "0.0.0.0:\(ports.metrics)",
            ]
            $0.args = servers + (node?.arguments ?? [])
            $0.ports =
                [
                    ContainerPort(name: "http", containerPort: ports.http),
                    ContainerPort(name: "flight", containerPort: ports.flight),
                    ContainerPort(name: "metrics", containerPort: ports.metrics),
                ] + (node?.ports ?? [])
            $0.env = environment(spec, node)
            $0.envFrom = spec.envFromSource
            $0.resources = spec.resources
            $0.volumeMounts = mounts(spec, node)
            if spec.hasProbes {
                $0.startupProbe = ProbeBuilder.startup(spec.probes?.startup)
                $0.livenessProbe = ProbeBuilder.liveness(spec.probes?.liveness)
                $0.readinessProbe = ProbeBuilder.readiness(spec.probes?.readiness)
            }
            $0.securityContext = containerSecurity
            // the runtime writes no termination message: the end of its log is what says why it ended
            $0.terminationMessagePolicy = "FallbackToLogsOnError"
        }
    }

    // MARK: Environment

    static let cpuRequestVariable = "SPICE_CPU_REQUEST_MILLICORES"

    /// The runtime sizes its thread pools by the CPU request; without a request, one equal to the limit applies.
    private static func environment(_ spec: SpicepodSetSpec, _ node: ClusterNode?) -> [EnvVar]? {
        var variables = (node?.variables ?? []) + (spec.env ?? [])
        for index in variables.indices {
            // an atomic struct: a default added by the server would read as drift
            guard var field = variables[index].valueFrom?.fieldRef, field.apiVersion == nil else { continue }
            field.apiVersion = "v1"
            variables[index].valueFrom?.fieldRef = field
        }
        let requestsCPU = spec.resources?.requests?["cpu"] != nil || spec.resources?.limits?["cpu"] != nil
        if requestsCPU, !variables.contains(where: { $0.name == cpuRequestVariable }) {
            let source = EnvVarSource {
                $0.resourceFieldRef = ResourceFieldSelector(
                    containerName: containerName, resource: "requests.cpu", divisor: "1m")
            }
            variables.append(EnvVar(name: cpuRequestVariable, valueFrom: source))
        }
        return variables.isEmpty ? nil : variables
    }

    // MARK: Volumes

    private static func volumes(_ child: ChildMetadata, version: Version) -> [Volume] {
        var volumes: [Volume] = []
        if child.set.spec.hasSpicepod {
            volumes.append(
                Volume {
                    $0.name = configVolume
                    $0.configMap = ConfigMapVolumeSource(name: child.names.configMap(version))
                })
        }
        if !mountsTemporary(child.set.spec) {
            volumes.append(
                Volume {
                    $0.name = temporaryVolume
                    $0.emptyDir = EmptyDirVolumeSource()
                })
        }
        return volumes
    }

    private static func mounts(_ spec: SpicepodSetSpec, _ node: ClusterNode?) -> [VolumeMount] {
        var mounts: [VolumeMount] = []
        // With subPath the rest of /app stays the image's; such a mount never follows the ConfigMap, which is immutable anyway.
        if spec.hasSpicepod {
            mounts.append(
                VolumeMount(name: configVolume, mountPath: RuntimePaths.spicepod, subPath: "spicepod.yaml", readOnly: true))
        }
        if !mountsTemporary(spec) { mounts.append(VolumeMount(name: temporaryVolume, mountPath: "/tmp")) }
        let own = spec.volumeMounts ?? []
        let hasData = spec.volumeClaimTemplates?.contains { $0.name == "data" } ?? false
        if hasData, !own.contains(where: { $0.name == "data" }) {
            mounts.append(VolumeMount(name: "data", mountPath: RuntimePaths.data))
        }
        return mounts + (node?.mounts ?? []) + own
    }

    private static func mountsTemporary(_ spec: SpicepodSetSpec) -> Bool {
        spec.volumeMounts?.contains { $0.mountPath == "/tmp" } ?? false
    }

    // MARK: Stopping and security

    /// The runtime's own shutdown timeout and ten seconds more, unless the user says otherwise.
    private static func gracePeriod(_ spec: SpicepodSetSpec) -> Int64 {
        if let seconds = spec.terminationGracePeriodSeconds { return seconds }
        let timeout = spec.spicepod?[path: "runtime", "shutdown_timeout"]?.stringValue.flatMap(RuntimeDuration.seconds)
        return (timeout ?? 30) + 10
    }

    /// Pod Security `restricted`: https://kubernetes.io/docs/concepts/security/pod-security-standards/
    private static let podSecurity = PodSecurityContext {
        $0.runAsNonRoot = true
        $0.runAsUser = 65534
        $0.runAsGroup = 65534
        $0.fsGroup = 65534
        $0.fsGroupChangePolicy = "OnRootMismatch"
        $0.seccompProfile = SeccompProfile(type: "RuntimeDefault")
    }

    private static let containerSecurity = SecurityContext {
        $0.allowPrivilegeEscalation = false
        $0.readOnlyRootFilesystem = true
        $0.runAsNonRoot = true
        $0.capabilities = Capabilities(drop: ["ALL"])
    }
}
