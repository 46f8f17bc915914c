// The parts of pods and workloads that the suite's builders write. What CRDs expose has doc comments, the rest are
// upstream's fields under upstream's names.

public struct PodTemplateSpec: Codable, Sendable, Hashable, Configurable {
    public var metadata = ObjectMeta()
    public var spec = PodSpec()

    public init() {}
}

public struct PodSpec: Codable, Sendable, Hashable, Configurable {
    public var serviceAccountName: String?
    public var automountServiceAccountToken: Bool?
    public var enableServiceLinks: Bool?
    public var hostname: String?
    public var subdomain: String?
    public var terminationGracePeriodSeconds: Int64?
    public var dnsPolicy: String?
    public var dnsConfig: PodDNSConfig?
    public var securityContext: PodSecurityContext?
    public var imagePullSecrets: [LocalObjectReference]?
    public var affinity: Affinity?
    public var tolerations: [Toleration]?
    public var initContainers: [Container]?
    public var containers: [Container] = []
    public var volumes: [Volume]?

    public init() {}
}

public struct Container: Codable, Sendable, Hashable, Configurable {
    public var name = ""
    public var image: String?
    public var imagePullPolicy: String?
    public var command: [String]?
    public var args: [String]?
    public var ports: [ContainerPort]?
    public var env: [EnvVar]?
    public var envFrom: [EnvFromSource]?
    public var resources: ResourceRequirements?
    public var volumeMounts: [VolumeMount]?
    public var startupProbe: Probe?
    public var livenessProbe: Probe?
    public var readinessProbe: Probe?
    public var securityContext: SecurityContext?
    public var restartPolicy: String?
    public var terminationMessagePolicy: String?

    public init() {}
}

public struct ContainerPort: Codable, Sendable, Hashable {
    public var name: String
    public var containerPort: Int32
    public var `protocol`: String

    public init(name: String, containerPort: Int32) {
        self.name = name
        self.containerPort = containerPort
        `protocol` = "TCP"  // part of the list's merge key, so it is never left to the default
    }
}

public struct Probe: Codable, Sendable, Hashable, Configurable {
    public var httpGet: HTTPGetAction?
    public var initialDelaySeconds: Int32?
    public var timeoutSeconds: Int32?
    public var periodSeconds: Int32?
    public var successThreshold: Int32?
    public var failureThreshold: Int32?
    public var terminationGracePeriodSeconds: Int64?

    public init() {}
}

public struct HTTPGetAction: Codable, Sendable, Hashable {
    public var path: String
    public var port: IntOrString
    public var scheme: String?

    public init(path: String, port: IntOrString, scheme: String? = nil) {
        self.path = path
        self.port = port
        self.scheme = scheme
    }
}

public struct PodSecurityContext: Codable, Sendable, Hashable, Configurable {
    public var runAsUser: Int64?
    public var runAsGroup: Int64?
    public var runAsNonRoot: Bool?
    public var fsGroup: Int64?
    public var fsGroupChangePolicy: String?
    public var seccompProfile: SeccompProfile?

    public init() {}
}

public struct SeccompProfile: Codable, Sendable, Hashable {
    public var type: String

    public init(type: String) {
        self.type = type
    }
}

public struct SecurityContext: Codable, Sendable, Hashable, Configurable {
    public var runAsUser: Int64?
    public var runAsNonRoot: Bool?
    public var allowPrivilegeEscalation: Bool?
    public var privileged: Bool?
    public var readOnlyRootFilesystem: Bool?
    public var capabilities: Capabilities?
    public var seccompProfile: SeccompProfile?

    public init() {}
}

public struct Capabilities: Codable, Sendable, Hashable {
    public var drop: [String]

    public init(drop: [String]) {
        self.drop = drop
    }
}

public struct LocalObjectReference: Codable, Sendable, Hashable {
    public var name: String

    public init(name: String) {
        self.name = name
    }
}

public struct Affinity: Codable, Sendable, Hashable, Configurable {
    public var nodeAffinity: NodeAffinity?

    public init() {}
}

public struct Volume: Codable, Sendable, Hashable, Configurable {
    public var name = ""
    public var emptyDir: EmptyDirVolumeSource?
    public var configMap: ConfigMapVolumeSource?
    public var secret: SecretVolumeSource?
    public var persistentVolumeClaim: PersistentVolumeClaimVolumeSource?

    public init() {}
}

public struct EmptyDirVolumeSource: Codable, Sendable, Hashable, Configurable {
    public var medium: String?
    public var sizeLimit: Quantity?

    public init() {}
}

public struct ConfigMapVolumeSource: Codable, Sendable, Hashable {
    public var name: String

    public init(name: String) {
        self.name = name
    }
}

public struct SecretVolumeSource: Codable, Sendable, Hashable {
    public var secretName: String
    /// Permissions of its files, such as 0o440.
    public var defaultMode: Int32?

    public init(secretName: String, defaultMode: Int32? = nil) {
        self.secretName = secretName
        self.defaultMode = defaultMode
    }
}

public struct PersistentVolumeClaimVolumeSource: Codable, Sendable, Hashable {
    public var claimName: String

    public init(claimName: String) {
        self.claimName = claimName
    }
}

public struct StatefulSetSpec: Codable, Sendable, Hashable, Configurable {
    public var replicas: Int32?
    public var serviceName: String?
    public var podManagementPolicy: String?
    public var updateStrategy: StatefulSetUpdateStrategy?
    public var revisionHistoryLimit: Int32?
    public var minReadySeconds: Int32?
    public var selector = LabelSelector()
    public var template = PodTemplateSpec()
    public var volumeClaimTemplates: [PersistentVolumeClaim]?
    public var persistentVolumeClaimRetentionPolicy: PersistentVolumeClaimRetentionPolicy?

    public init() {}
}

public struct StatefulSetUpdateStrategy: Codable, Sendable, Hashable {
    public var type: String

    public init(type: String) {
        self.type = type
    }
}

public struct PersistentVolumeClaimRetentionPolicy: Codable, Sendable, Hashable {
    public var whenDeleted: String
    public var whenScaled: String

    public init(whenDeleted: String, whenScaled: String) {
        self.whenDeleted = whenDeleted
        self.whenScaled = whenScaled
    }
}

public struct PersistentVolumeClaim: Codable, Sendable, Hashable, Configurable {
    public var apiVersion: String?
    public var kind: String?
    public var metadata = ObjectMeta()
    public var spec = PersistentVolumeClaimSpec()
    public var status: PersistentVolumeClaimStatus?

    public init() {}
}

public struct PersistentVolumeClaimStatus: Codable, Sendable, Hashable {
    public var phase: String

    public init(phase: String) {
        self.phase = phase
    }
}

public struct PolicyRule: Codable, Sendable, Hashable {
    public var apiGroups: [String]
    public var resources: [String]
    public var resourceNames: [String]?
    public var verbs: [String]

    public init(apiGroups: [String], resources: [String], resourceNames: [String]? = nil, verbs: [String]) {
        self.apiGroups = apiGroups
        self.resources = resources
        self.resourceNames = resourceNames
        self.verbs = verbs
    }
}

public struct RoleRef: Codable, Sendable, Hashable {
    public var apiGroup: String
    public var kind: String
    public var name: String

    public init(kind: String, name: String) {
        apiGroup = "rbac.authorization.k8s.io"
        self.kind = kind
        self.name = name
    }
}

public struct Subject: Codable, Sendable, Hashable {
    public var kind: String
    public var name: String
    public var namespace: String?

    public init(kind: String, name: String, namespace: String?) {
        self.kind = kind
        self.name = name
        self.namespace = namespace
    }
}

public struct PodDisruptionBudgetSpec: Codable, Sendable, Hashable, Configurable {
    public var maxUnavailable: IntOrString?
    public var minAvailable: IntOrString?
    public var unhealthyPodEvictionPolicy: String?
    public var selector: LabelSelector?

    public init() {}
}
