public import JSON
public import KubernetesModel

/// An object as we want it: the full intent, owner reference included.
public struct DesiredObject: Sendable, Hashable {
    public var resource: ResourceType
    public var key: ObjectKey
    public var object: JSONValue
    /// What other managers own of the spec and the intent does not have goes too. For an object of ours that an earlier manager
    /// made; one that is gone is not made anew.
    public var takesOver = false

    public init(resource: ResourceType, key: ObjectKey, object: JSONValue) {
        self.resource = resource
        self.key = key
        self.object = object
    }
}

/// What the cache knows of a child: enough to tell whether it is ours and as we want it.
public struct LiveChild: Sendable, Hashable {
    public var uid: String
    public var resourceVersion: String
    public var controllerUID: String?
    /// Of the fields we own by server-side apply.
    public var owned: Digest?

    public init(uid: String, resourceVersion: String, controllerUID: String?, owned: Digest?) {
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.controllerUID = controllerUID
        self.owned = owned
    }
}
