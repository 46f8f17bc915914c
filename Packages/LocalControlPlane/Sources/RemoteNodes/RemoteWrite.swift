import JSON
import KubernetesClient
import KubernetesModel

/// One request that brings the API nearer to what the simulation wrote into the mirror.
enum RemoteWrite: Sendable, Hashable {
    case create(JSONValue)
    case bind(node: String)
    /// Server-side apply of what nodes own of a status.
    case status(JSONValue)
    case merge(JSONValue)
    case delete(gracePeriodSeconds: Int?)

    /// Event counts are told at most this often.
    private static let eventPause = Duration.seconds(60)

    /// What is to be sent so that `base`, the API's state, becomes `wanted`, the mirror's. Only what nodes may do: everything else
    /// in which the two differ is somebody else's, or not yet known.
    static func needed(_ resource: ResourceType, from base: JSONValue?, to wanted: JSONValue?) -> [RemoteWrite] {
        guard let wanted else {
            guard base != nil else { return [] }
            switch resource {
            case .pods: return [.delete(gracePeriodSeconds: 0)]
            case .persistentVolumes: return [.delete(gracePeriodSeconds: nil)]
            default: return []
            }
        }
        guard let base else {
            return [.nodes, .persistentVolumes, .storageClasses, .coreEvents].contains(resource) ? [.create(intent(wanted))] : []
        }
        switch resource {
        case .pods: return pod(base, wanted)
        case .nodes:
            let conditions = StatusIntent.node(wanted)
            return conditions == StatusIntent.node(base) ? [] : [.status(conditions)]
        case .persistentVolumeClaims:
            let status = StatusIntent.claim(wanted)
            return status == StatusIntent.claim(base) ? [] : [.status(status)]
        case .persistentVolumes:
            if wanted.isBeingDeleted, !base.isBeingDeleted { return [.delete(gracePeriodSeconds: nil)] }
            let capacity = wanted["spec", "capacity"] ?? [:]
            return capacity == base["spec", "capacity"] ? [] : [.merge(["spec": ["capacity": capacity]])]
        case .coreEvents:
            guard let last = Timestamp(wanted.string("lastTimestamp")), let told = Timestamp(base.string("lastTimestamp")),
                last - told >= eventPause
            else { return [] }
            return [.merge(["count": wanted["count"] ?? 1, "lastTimestamp": .string(last.text)])]
        default: return []
        }
    }

    private static func pod(_ base: JSONValue, _ wanted: JSONValue) -> [RemoteWrite] {
        var writes: [RemoteWrite] = []
        if base["spec", "nodeName"] == nil, let node = wanted["spec", "nodeName"]?.stringValue { writes.append(.bind(node: node)) }
        var told = base
        if let scheduled = wanted.condition("PodScheduled"), scheduled["status"] == "True" {
            // by the binding
            told["status", "conditions"] = .array(
                base.list("status", "conditions").filter { $0["type"] != "PodScheduled" } + [scheduled])
        }
        let status = StatusIntent.pod(wanted, known: base)
        if status != StatusIntent.pod(told, known: base) { writes.append(.status(status)) }
        // it stays in the mirror as long as it has finalizers
        func isReleased(_ pod: JSONValue) -> Bool {
            pod.isBeingDeleted && pod["metadata", "deletionGracePeriodSeconds"]?.intValue == 0
        }
        if isReleased(wanted), !isReleased(base) { writes.append(.delete(gracePeriodSeconds: 0)) }
        return writes
    }

    /// A new object without what the mirror's API added.
    private static func intent(_ object: JSONValue) -> JSONValue {
        var object = object
        let metadata = object["metadata"] ?? [:]
        object["metadata"] = nil
        for field in ["name", "namespace", "labels", "annotations"] { object[path: "metadata", field] = metadata[field] }
        return object
    }

    /// Sends it.
    /// - Parameter base: the object that this is about; its uid guards against another one of the same name.
    /// - Returns: the object afterwards; nil when it is on its way out.
    func perform(
        _ resource: ResourceType, _ key: ObjectKey, base: JSONValue?, _ client: KubernetesClient
    ) async throws(APIError) -> JSONValue? {
        let uid = base?.uid
        switch self {
        case .create(let object): return try await client.create(resource, object)
        case .bind(let node):
            var metadata: JSONValue = ["name": .string(key.name), "namespace": .string(key.namespace)]
            metadata["uid"] = uid.map { .string($0) }
            _ = try await client.create(
                resource, key, subresource: "binding",
                [
                    "apiVersion": "v1", "kind": "Binding", "metadata": metadata,
                    "target": ["apiVersion": "v1", "kind": "Node", "name": .string(node)],
                ])
            // The answer is no pod; the watch brings it as it is.
            var bound = base
            bound?["spec", "nodeName"] = .string(node)
            return bound
        case .status(let status):
            var intent: JSONValue = ["status": status]
            intent[path: "metadata", "uid"] = uid.map { .string($0) }
            return try await client.apply(resource, key, intent, subresource: "status", force: true)
        case .merge(let change): return try await client.patch(resource, key, .merge(change))
        case .delete(let grace):
            let answer = try await client.delete(
                resource, key, preconditions: Preconditions(uid: uid), gracePeriodSeconds: grace)
            return answer["kind"] == .string(resource.kind) && !answer.list("metadata", "finalizers").isEmpty ? answer : nil
        }
    }
}
