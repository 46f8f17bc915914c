public struct DeploymentSpec: Codable, Sendable, Hashable, Configurable {
    public var replicas: Int32?
    public var strategy: DeploymentStrategy?
    public var revisionHistoryLimit: Int32?
    public var progressDeadlineSeconds: Int32?
    public var selector = LabelSelector()
    public var template = PodTemplateSpec()

    public init() {}
}

public struct DeploymentStrategy: Codable, Sendable, Hashable {
    public var type: String
    public var rollingUpdate: RollingUpdateDeployment?

    public init(type: String, rollingUpdate: RollingUpdateDeployment? = nil) {
        self.type = type
        self.rollingUpdate = rollingUpdate
    }
}

public struct RollingUpdateDeployment: Codable, Sendable, Hashable {
    public var maxSurge: IntOrString?
    public var maxUnavailable: IntOrString?

    public init(maxSurge: IntOrString? = nil, maxUnavailable: IntOrString? = nil) {
        self.maxSurge = maxSurge
        self.maxUnavailable = maxUnavailable
    }
}
