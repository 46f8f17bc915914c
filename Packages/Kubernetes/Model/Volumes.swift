/// A volume mounted into the container.
public struct VolumeMount: Codable, Sendable, Hashable {
    /// The volume's name.
    public var name: String
    /// The path in the container; it may not contain ':'.
    public var mountPath: String
    /// A path inside the volume to mount instead of its root.
    public var subPath: String?
    /// The same with variables expanded.
    public var subPathExpr: String?
    /// Whether the mount is read-only.
    public var readOnly: Bool?
    /// Whether mounts below it are read-only too: Disabled, IfPossible or Enabled.
    public var recursiveReadOnly: String?
    /// How mounts are propagated: None, HostToContainer or Bidirectional.
    public var mountPropagation: String?

    public init(name: String, mountPath: String, subPath: String? = nil, readOnly: Bool? = nil) {
        self.name = name
        self.mountPath = mountPath
        self.subPath = subPath
        self.readOnly = readOnly
    }
}

/// What a claim asks for.
public struct PersistentVolumeClaimSpec: Codable, Sendable, Hashable, Configurable {
    /// How the volume is to be mounted: ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod.
    public var accessModes: [String]?
    /// Which volumes are considered for binding.
    public var selector: LabelSelector?
    /// How much storage is asked for.
    public var resources: VolumeResourceRequirements?
    /// The volume to bind to.
    public var volumeName: String?
    /// The StorageClass; the cluster's default one when absent.
    public var storageClassName: String?
    /// Filesystem (the default) or Block.
    public var volumeMode: String?
    /// A snapshot or claim to fill the volume from.
    public var dataSource: TypedLocalObjectReference?
    /// The same, of any kind and namespace that the cluster allows.
    public var dataSourceRef: TypedObjectReference?
    /// The VolumeAttributesClass.
    public var volumeAttributesClassName: String?

    public init() {}
}

/// Storage asked for.
public struct VolumeResourceRequirements: Codable, Sendable, Hashable, Configurable {
    /// The least amount; `storage` is the one that counts.
    public var requests: [String: Quantity]?
    /// The greatest amount.
    public var limits: [String: Quantity]?

    public init() {}
}

/// An object in the same namespace.
public struct TypedLocalObjectReference: Codable, Sendable, Hashable {
    /// The group; empty is the core group.
    public var apiGroup: String?
    /// The kind.
    public var kind: String
    /// The name.
    public var name: String
}

/// An object that may be in another namespace.
public struct TypedObjectReference: Codable, Sendable, Hashable {
    /// The group; empty is the core group.
    public var apiGroup: String?
    /// The kind.
    public var kind: String
    /// The name.
    public var name: String
    /// The namespace, which needs a ReferenceGrant there when it is another one.
    public var namespace: String?
}

/// Compute resources of the container.
public struct ResourceRequirements: Codable, Sendable, Hashable, Configurable {
    /// The least amounts, by which pods are scheduled.
    public var requests: [String: Quantity]?
    /// The greatest amounts.
    public var limits: [String: Quantity]?
    /// Resource claims of the pod that the container uses.
    /// +listType=map
    /// +listMapKey=name
    public var claims: [ResourceClaim]?

    public init() {}
}

/// A resource claim of the pod.
public struct ResourceClaim: Codable, Sendable, Hashable {
    /// The claim's name in the pod.
    public var name: String
    /// A request inside the claim; all of them when absent.
    public var request: String?
}
