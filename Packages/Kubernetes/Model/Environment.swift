/// An environment variable of a container.
public struct EnvVar: Codable, Sendable, Hashable {
    /// The variable's name.
    public var name: String
    /// Its value. `$(NAME)` refers to variables defined before it; `$$(NAME)` is a literal.
    public var value: String?
    /// Where the value comes from, when it is not given here.
    public var valueFrom: EnvVarSource?

    public init(name: String, value: String? = nil, valueFrom: EnvVarSource? = nil) {
        self.name = name
        self.value = value
        self.valueFrom = valueFrom
    }
}

/// Where a variable's value comes from: exactly one of these.
public struct EnvVarSource: Codable, Sendable, Hashable, Configurable {
    /// A field of the pod, such as `metadata.name` or `status.podIP`.
    public var fieldRef: ObjectFieldSelector?
    /// A resource of a container, such as `limits.memory`.
    public var resourceFieldRef: ResourceFieldSelector?
    /// A key of a ConfigMap in the same namespace.
    public var configMapKeyRef: KeySelector?
    /// A key of a Secret in the same namespace.
    public var secretKeyRef: KeySelector?
    /// A key of a file in an emptyDir volume (Kubernetes 1.34 and newer, feature EnvFiles).
    public var fileKeyRef: FileKeySelector?

    public init() {}
}

/// A field of the pod.
public struct ObjectFieldSelector: Codable, Sendable, Hashable {
    /// The version the path is written in; v1 by default.
    public var apiVersion: String?
    /// The field's path.
    public var fieldPath: String

    public init(fieldPath: String) {
        // The server writes this default into an atomic struct, so leaving it out would read as drift.
        apiVersion = "v1"
        self.fieldPath = fieldPath
    }
}

/// A resource of a container.
public struct ResourceFieldSelector: Codable, Sendable, Hashable {
    /// The container's name.
    public var containerName: String?
    /// The resource, such as `requests.cpu`.
    public var resource: String
    /// The unit of the value; 1 by default.
    public var divisor: Quantity?

    public init(containerName: String? = nil, resource: String, divisor: Quantity? = nil) {
        self.containerName = containerName
        self.resource = resource
        self.divisor = divisor
    }
}

/// A key of a ConfigMap or Secret.
public struct KeySelector: Codable, Sendable, Hashable {
    /// The object's name.
    public var name: String?
    /// The key inside it.
    public var key: String
    /// Whether the pod may start when the object or key is missing.
    public var optional: Bool?
}

/// A key of a file in a volume of the pod.
public struct FileKeySelector: Codable, Sendable, Hashable {
    /// The volume's name.
    public var volumeName: String
    /// The file's path inside the volume.
    public var path: String
    /// The key inside the file.
    public var key: String
    /// Whether the pod may start when the file or key is missing.
    public var optional: Bool?
}

/// All keys of a ConfigMap or Secret as environment variables.
public struct EnvFromSource: Codable, Sendable, Hashable, Configurable {
    /// Text put before every key.
    public var prefix: String?
    /// The ConfigMap.
    public var configMapRef: OptionalReference?
    /// The Secret.
    public var secretRef: OptionalReference?

    public init() {}
}

/// An object in the same namespace that may be missing.
public struct OptionalReference: Codable, Sendable, Hashable {
    /// The object's name.
    public var name: String?
    /// Whether the pod may start when the object is missing.
    public var optional: Bool?
}
