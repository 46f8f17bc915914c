import JSON
import KubernetesModel

/// The API as one component of the control plane uses it: reads from the store, writes with its own name as field manager.
struct Cluster {
    /// What webhooks had to do with the work.
    struct Outcome {
        var undecided: [WebhookCall]
        var refusal: String?
    }

    var core: APICore
    var component: String
    var isFrugal = false
    /// Webhooks that have to answer before the work can be done; all of it is taken back until then.
    private(set) var undecided: [WebhookCall] = []
    /// What a webhook that refused a write said.
    private(set) var refusal: String?

    private mutating func note(_ error: StatusError) {
        if undecided.isEmpty { undecided = error.undecided }
        if error.undecided.isEmpty, !core.webhooks.admissions.isEmpty { refusal = error.message }
    }

    var now: Timestamp { core.now }

    func get(_ resource: GroupResource, _ key: ObjectKey) -> JSONValue? { core.store.object(resource, key) }

    func list(_ resource: GroupResource, namespace: String? = nil) -> [JSONValue] {
        core.store.all(resource).filter { namespace == nil || $0.key.namespace == namespace }.sorted { $0.key < $1.key }.map(
            \.value)
    }

    private func call(_ resource: GroupResource, _ object: JSONValue, subresource: String? = nil) -> Call? {
        let stored = core.registry.resource(apiVersion: object.string("apiVersion"), plural: resource.plural)
        return (stored.flatMap { $0.storage == resource ? $0 : nil } ?? core.registry.resource(resource)).map {
            var call = Call(
                request: APIRequest(method: "PUT", path: "", headers: [("User-Agent", component)]), resource: $0,
                namespace: object.namespace, name: object.name.isEmpty ? nil : object.name, subresource: subresource, now: core.now)
            call.ownsFields = !isFrugal
            return call
        }
    }

    @discardableResult
    mutating func create(_ resource: GroupResource, _ object: JSONValue) -> JSONValue? {
        guard var call = call(resource, object) else { return nil }
        call.request.method = "POST"
        do throws(StatusError) {
            return try core.insert(object, &call, managed: nil)
        } catch {
            note(error)
            return nil
        }
    }

    /// Writes what `change` makes of the object as it is now.
    @discardableResult
    mutating func update(
        _ resource: GroupResource, _ key: ObjectKey, subresource: String? = nil, _ change: (inout JSONValue) -> Void
    ) -> JSONValue? {
        guard let existing = get(resource, key), var call = call(resource, existing, subresource: subresource) else { return nil }
        var object = existing
        change(&object)
        if object == existing { return existing }
        do throws(StatusError) {
            return try core.update(object, existing: existing, &call, managed: nil)
        } catch {
            note(error)
            return nil
        }
    }

    mutating func updateStatus(_ resource: GroupResource, _ key: ObjectKey, _ status: JSONValue) {
        update(resource, key, subresource: "status") { $0["status"] = status }
    }

    mutating func delete(_ resource: GroupResource, _ key: ObjectKey, gracePeriodSeconds: Int64? = nil) {
        guard let object = get(resource, key), var call = call(resource, object), let served = core.registry.resource(resource)
        else { return }
        call.request.method = "DELETE"
        if let gracePeriodSeconds { call.request.query = [("gracePeriodSeconds", "\(gracePeriodSeconds)")] }
        guard let options = try? APICore.DeleteOptions(call) else { return }
        do throws(StatusError) {
            try core.checkDeletion(of: object, call)
            _ = try core.delete(object, served, key, options)
        } catch {
            note(error)
        }
    }

    /// Records an event on `object`; the same one again only counts up.
    mutating func event(
        on object: JSONValue, type: String = "Normal", reason: String, _ message: String, fieldPath: String? = nil,
        host: String? = nil
    ) {
        guard !isFrugal || type != "Normal" else { return }
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        let identity = "\(object.uid)/\(reason)/\(message)/\(fieldPath ?? "")"
        let name = "\(object.name).\(Hash.hex(identity))"
        let key = ObjectKey(namespace: namespace, name: name)
        if get(.events, key) != nil {
            let now = core.now.text
            update(.events, key) {
                $0["count"] = .int(($0["count"]?.intValue ?? 1) + 1)
                $0["lastTimestamp"] = .string(now)
            }
            return
        }
        var reference: JSONValue = [
            "apiVersion": object["apiVersion"] ?? "", "kind": object["kind"] ?? "", "namespace": .string(object.namespace),
            "name": .string(object.name), "uid": .string(object.uid),
        ]
        if let fieldPath { reference["fieldPath"] = .string(fieldPath) }
        var source: JSONValue = ["component": .string(component)]
        source["host"] = host.map { .string($0) }
        create(
            .events,
            [
                "apiVersion": "v1", "kind": "Event", "metadata": ["name": .string(name), "namespace": .string(namespace)],
                "involvedObject": reference, "type": .string(type), "reason": .string(reason), "message": .string(message),
                "count": 1,
                "firstTimestamp": .string(core.now.text), "lastTimestamp": .string(core.now.text), "source": source,
                "reportingComponent": .string(component), "reportingInstance": .string(host ?? ""),
            ])
    }
}

extension GroupResource {
    static let namespaces = GroupResource(group: "", plural: "namespaces")
    static let nodes = GroupResource(group: "", plural: "nodes")
    static let pods = GroupResource(group: "", plural: "pods")
    static let services = GroupResource(group: "", plural: "services")
    static let endpoints = GroupResource(group: "", plural: "endpoints")
    static let endpointSlices = GroupResource(group: "discovery.k8s.io", plural: "endpointslices")
    static let configMaps = GroupResource(group: "", plural: "configmaps")
    static let secrets = GroupResource(group: "", plural: "secrets")
    static let serviceAccounts = GroupResource(group: "", plural: "serviceaccounts")
    static let claims = GroupResource(group: "", plural: "persistentvolumeclaims")
    static let volumes = GroupResource(group: "", plural: "persistentvolumes")
    static let storageClasses = GroupResource(group: "storage.k8s.io", plural: "storageclasses")
    static let events = GroupResource(group: "", plural: "events")
    static let statefulSets = GroupResource(group: "apps", plural: "statefulsets")
    static let deployments = GroupResource(group: "apps", plural: "deployments")
    static let replicaSets = GroupResource(group: "apps", plural: "replicasets")
    static let revisions = GroupResource(group: "apps", plural: "controllerrevisions")
    static let budgets = GroupResource(group: "policy", plural: "poddisruptionbudgets")
}

/// Stable hashes for names.
enum Hash {
    static func fnv(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    static func hex(_ text: String) -> String { IdentifierSource.hex(fnv(text)) }

    /// Ten characters that cannot make a word, as controllers put into names.
    static func safe(_ text: String) -> String {
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
        var rest = fnv(text)
        return String(
            (0..<10).map { _ in
                defer { rest /= 27 }
                return alphabet[Int(rest % 27)]
            })
    }
}

extension JSONValue {
    var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }

    var controller: JSONValue? { list("metadata", "ownerReferences").first { $0["controller"] == true } }

    func isControlled(by owner: JSONValue) -> Bool { controller?["uid"] == owner["metadata"]?["uid"] }

    /// The reference a controller puts on what it makes.
    func controllerReference() -> JSONValue {
        [
            "apiVersion": self["apiVersion"] ?? "", "kind": self["kind"] ?? "", "name": .string(name), "uid": .string(uid),
            "controller": true, "blockOwnerDeletion": true,
        ]
    }

    func condition(_ type: String) -> JSONValue? { list("status", "conditions").first { $0["type"] == .string(type) } }

    var isPodReady: Bool { condition("Ready")?["status"] == "True" }

    /// Ready for as long as `minReadySeconds` asks.
    func isPodAvailable(_ minReadySeconds: Int64, _ now: Timestamp) -> Bool {
        guard isPodReady else { return false }
        guard minReadySeconds > 0, let since = Timestamp(condition("Ready")?.string("lastTransitionTime") ?? "") else {
            return true
        }
        return now - since >= .seconds(minReadySeconds)
    }

    var isPodFinished: Bool { ["Failed", "Succeeded"].contains(string("status", "phase")) }
}
