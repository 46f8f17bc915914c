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
    /// Single fields of an object that somebody else made and keeps: neither created nor taken over.
    public var isAmendment = false

    public init(resource: ResourceType, key: ObjectKey, object: JSONValue) {
        self.resource = resource
        self.key = key
        self.object = object
    }

    /// - Parameter uid: of the object meant. Where it is gone, or another has its name, the write is a conflict and makes nothing.
    public init(amending resource: ResourceType, _ key: ObjectKey, uid: String, fields: JSONValue) {
        var object = fields
        object["apiVersion"] = .string(resource.apiVersion)
        object["kind"] = .string(resource.kind)
        object["metadata"] = ["name": .string(key.name), "namespace": .string(key.namespace), "uid": .string(uid)]
        self.init(resource: resource, key: key, object: object)
        isAmendment = true
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
