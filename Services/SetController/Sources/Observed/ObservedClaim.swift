import JSON
import KubernetesModel

/// A PersistentVolumeClaim of a pod, as far as its size goes.
struct ObservedClaim: Sendable, Hashable {
    var key: ObjectKey
    var uid: String
    /// The generation that it goes with; nil where it outlives versions.
    var generation: GenerationID?
    var requested: Quantity?
    var capacity: Quantity?
    /// Nil and empty: the volume was not provisioned by a class.
    var storageClassName: String?
    var phase = ""
    var isDeleting = false
    /// Conditions that are True.
    var conditions: [Condition] = []
    /// `status.allocatedResourceStatuses.storage`: where growing stands or why it stopped.
    var resizeStatus: String?

    struct Condition: Sendable, Hashable {
        var type: String
        var since: Timestamp?
        var message: String
    }

    init(key: ObjectKey, uid: String) {
        self.key = key
        self.uid = uid
    }

    init(_ tree: JSONValue, key: ObjectKey, uid: String) {
        self.init(key: key, uid: uid)
        requested = Self.quantity(tree[path: "spec", "resources", "requests", "storage"])
        storageClassName = tree[path: "spec", "storageClassName"]?.stringValue
        isDeleting = tree[path: "metadata", "deletionTimestamp"]?.stringValue != nil
        let status = tree["status"]
        capacity = Self.quantity(status?[path: "capacity", "storage"])
        phase = status?["phase"]?.stringValue ?? ""
        resizeStatus = status?[path: "allocatedResourceStatuses", "storage"]?.stringValue
        conditions = (status?["conditions"]?.arrayValue ?? []).compactMap { condition in
            guard condition["status"] == "True", let type = condition["type"]?.stringValue else { return nil }
            return Condition(
                type: type, since: condition["lastTransitionTime"]?.stringValue.flatMap { Timestamp($0) },
                message: condition["message"]?.stringValue ?? "")
        }
    }

    private static func quantity(_ value: JSONValue?) -> Quantity? {
        value.flatMap { try? JSONTreeDecoder().decode(Quantity.self, from: $0) }
    }

    /// The volume has grown, and its file system grows when a pod starts with it.
    var fileSystemPending: Condition? { conditions.first { $0.type == "FileSystemResizePending" } }

    /// Why growing does not go on; the storage driver goes on trying unless it is infeasible.
    var failure: String? {
        if let error = conditions.first(where: { $0.type == "ControllerResizeError" || $0.type == "NodeResizeError" }) {
            return error.message.isEmpty ? error.type : error.message
        }
        guard let resizeStatus, resizeStatus.hasSuffix("Infeasible") || resizeStatus.hasSuffix("Failed") else { return nil }
        return resizeStatus
    }
}

/// The name a StatefulSet of one pod gives to a claim.
struct ClaimName: Hashable {
    var template: String
    var workload: String

    init(template: String, workload: String) {
        self.template = template
        self.workload = workload
    }

    var text: String { "\(template)-\(workload)-0" }

    /// Templates and StatefulSets both may have dashes in their names: every way to read a claim's name.
    static func readings(of name: String) -> [ClaimName] {
        guard name.hasSuffix("-0") else { return [] }
        let stem = name.dropLast(2)
        return stem.indices.compactMap { index in
            let (template, workload) = (stem[..<index], stem[index...].dropFirst())
            guard stem[index] == "-", !template.isEmpty, !workload.isEmpty else { return nil }
            return ClaimName(template: String(template), workload: String(workload))
        }
    }
}
