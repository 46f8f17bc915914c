/// A struct made empty and then filled: `Container { $0.name = "spiced" }`. Members left alone are not sent.
public protocol Configurable {
    init()
}

extension Configurable {
    public init(_ configure: (inout Self) -> Void) {
        self.init()
        configure(&self)
    }
}

/// `metav1.ObjectMeta` without managedFields, which only the API server and the digest of owned fields read.
public struct ObjectMeta: Codable, Sendable, Hashable, Configurable {
    public var name: String?
    public var generateName: String?
    public var namespace: String?
    public var uid: String?
    public var resourceVersion: String?
    public var generation: Int64?
    public var creationTimestamp: Timestamp?
    public var deletionTimestamp: Timestamp?
    public var labels: [String: String]?
    public var annotations: [String: String]?
    public var ownerReferences: [OwnerReference]?
    public var finalizers: [String]?

    public init() {}

    public var key: ObjectKey { ObjectKey(namespace: namespace ?? "", name: name ?? "") }

    /// The reference of the owner that controls the object.
    public var controller: OwnerReference? { ownerReferences?.first { $0.controller == true } }
}

public struct OwnerReference: Codable, Sendable, Hashable {
    public var apiVersion: String
    public var kind: String
    public var name: String
    public var uid: String
    public var controller: Bool?
    public var blockOwnerDeletion: Bool?

    public init(
        apiVersion: String, kind: String, name: String, uid: String, controller: Bool? = nil, blockOwnerDeletion: Bool? = nil
    ) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.name = name
        self.uid = uid
        self.controller = controller
        self.blockOwnerDeletion = blockOwnerDeletion
    }
}

/// One aspect of an object's state (`metav1.Condition`).
public struct Condition: Codable, Sendable, Hashable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        case `true` = "True"
        case `false` = "False"
        case unknown = "Unknown"
    }

    /// The aspect, in CamelCase.
    /// +minLength=1
    /// +maxLength=316
    public var type: String
    /// Whether it holds: True, False or Unknown.
    public var status: Status
    /// The generation of the spec that this was judged by.
    /// +minimum=0
    public var observedGeneration: Int64?
    /// When the status last changed.
    public var lastTransitionTime: Timestamp
    /// Why, as one CamelCase word for programs.
    /// +minLength=1
    /// +maxLength=1024
    public var reason: String
    /// Why, as a sentence for people.
    /// +maxLength=32768
    public var message: String

    public init(
        type: String, status: Status, observedGeneration: Int64?, lastTransitionTime: Timestamp, reason: String, message: String
    ) {
        self.type = type
        self.status = status
        self.observedGeneration = observedGeneration
        self.lastTransitionTime = lastTransitionTime
        self.reason = reason
        self.message = message
    }
}

/// Which objects are meant, by their labels. All requirements must hold; an empty selector means every object.
public struct LabelSelector: Codable, Sendable, Hashable, Configurable {
    /// Labels that must have exactly these values.
    public var matchLabels: [String: String]?
    /// Requirements on labels that must all hold.
    public var matchExpressions: [LabelSelectorRequirement]?

    public init() {}

    public init(matchLabels: [String: String]) {
        self.matchLabels = matchLabels
    }
}

/// One requirement on a label.
public struct LabelSelectorRequirement: Codable, Sendable, Hashable {
    /// The label's key.
    public var key: String
    /// How it relates to the values: In, NotIn, Exists or DoesNotExist.
    public var `operator`: String
    /// The values of In and NotIn.
    public var values: [String]?
}
