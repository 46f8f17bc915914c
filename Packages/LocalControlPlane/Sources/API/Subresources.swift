import JSON
import KubernetesModel
import KubernetesSchema

extension APICore {
    mutating func subresource(_ name: String, _ call: Call) throws(StatusError) -> APIResponse {
        guard call.resource.subresources.contains(name) else { throw StatusError.unknownResource }
        switch (name, call.request.method) {
        case ("scale", _): return try scale(call)
        case ("eviction", "POST"): return try evict(call)
        case ("token", "POST"): return try token(call)
        case ("binding", "POST"): return try bind(call)
        case ("finalize", "PUT"): return try finalize(call)
        default: throw .methodNotAllowed(call.request.method)
        }
    }

    // MARK: scale

    private static func scalePaths(_ resource: Resource) -> Resource.CustomResource.Scale {
        resource.custom?.scale
            ?? Resource.CustomResource.Scale(
                specReplicas: ["spec", "replicas"], statusReplicas: ["status", "replicas"], labelSelector: nil)
    }

    private func scale(of object: JSONValue, _ resource: Resource) -> JSONValue {
        let paths = Self.scalePaths(resource)
        func at(_ path: [String]) -> JSONValue? { path.reduce(object) { $0?[$1] } }
        var status: JSONValue = ["replicas": at(paths.statusReplicas) ?? 0]
        if let path = paths.labelSelector, let selector = at(path) { status["selector"] = selector }
        if resource.custom == nil { status["selector"] = .string(Self.selectorText(object["spec", "selector"])) }
        var metadata: JSONValue = [:]
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            metadata[field] = object["metadata", field]
        }
        return [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
            "spec": ["replicas": at(paths.specReplicas) ?? 0],
            "status": status,
        ]
    }

    static func selectorText(_ selector: JSONValue?) -> String {
        (selector?["matchLabels"]?.objectValue ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.stringValue ?? "")" }
            .joined(separator: ",")
    }

    private mutating func scale(_ call: Call) throws(StatusError) -> APIResponse {
        var call = call
        let key = call.key
        guard let object = try existing(call) else { throw .notFound(call.resource.groupResource, key.name) }
        let current = scale(of: object, call.resource)
        let wanted: JSONValue
        switch call.request.method {
        case "GET": return APIResponse(200, json: current)
        case "PUT": wanted = try parse(call)
        case "PATCH":
            let type = call.request.header("Content-Type").split(separator: ";").first.map(String.init) ?? ""
            let schema = BuiltInSchemas.shared.schema(apiVersion: "autoscaling/v1", kind: "Scale") ?? .any
            wanted = try patched(
                current, by: try parse(call), type: type.contains("apply-patch") ? "application/merge-patch+json" : type,
                schema: schema)
        default: throw .methodNotAllowed(call.request.method)
        }
        guard let replicas = wanted["spec", "replicas"]?.intValue else {
            throw .badRequest("Scale in version \"v1\" cannot be handled as a Scale: spec.replicas must be an integer")
        }
        guard replicas >= 0 || call.resource.custom != nil else {
            throw .invalid(
                group: "autoscaling", kind: "Scale", name: key.name,
                [.invalid("spec.replicas", .int(replicas), "must be greater than or equal to 0")])
        }
        var candidate = object
        candidate.set(.int(replicas), at: Self.scalePaths(call.resource).specReplicas)
        if let version = wanted["metadata", "resourceVersion"] { candidate["metadata", "resourceVersion"] = version }
        try checkAdmission(
            AdmittedWrite(
                operation: "UPDATE", object: scale(of: candidate, call.resource), old: current, call: call,
                kind: ("autoscaling", "v1", "Scale")))
        let updated = try update(candidate, existing: object, &call, managed: nil, subresource: "scale")
        return APIResponse(200, json: scale(of: try presented(updated, call.resource), call.resource))
    }

    // MARK: pods

    /// Refused while a PodDisruptionBudget allows no disruption.
    private mutating func evict(_ call: Call) throws(StatusError) -> APIResponse {
        guard let pod = store.object(call.resource.storage, call.key) else {
            throw .notFound(call.resource.groupResource, call.key.name)
        }
        for (key, budget) in store.all(GroupResource(group: "policy", plural: "poddisruptionbudgets"))
        where key.namespace == call.key.namespace
            && LabelQuery(selector: budget["spec", "selector"]).matches(pod["metadata", "labels"])
        {
            if (budget["status", "disruptionsAllowed"]?.intValue ?? 0) <= 0, pod["status", "phase"] == "Running" {
                throw StatusError(
                    429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.",
                    details: [
                        "causes": [
                            [
                                "reason": "DisruptionBudget",
                                "message": .string("The disruption budget \(key.name) does not allow a disruption now"),
                            ]
                        ]
                    ])
            }
        }
        var options = call
        options.request.body = (try parse(call))["deleteOptions"]?.serialized() ?? []
        try checkDeletion(of: pod, call)
        _ = try delete(pod, call.resource, call.key, DeleteOptions(options))
        return APIResponse(201, json: ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201])
    }

    private mutating func bind(_ call: Call) throws(StatusError) -> APIResponse {
        var call = call
        guard let pod = store.object(call.resource.storage, call.key) else {
            throw .notFound(call.resource.groupResource, call.key.name)
        }
        var bound = pod
        bound["spec", "nodeName"] = (try parse(call))["target", "name"]
        _ = try update(bound, existing: pod, &call, managed: ManagedFields(json: pod["metadata", "managedFields"]))
        return APIResponse(201, json: ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201])
    }

    // MARK: others

    private mutating func finalize(_ call: Call) throws(StatusError) -> APIResponse {
        guard let namespace = store.object(call.resource.storage, call.key) else {
            throw .notFound(call.resource.groupResource, call.key.name)
        }
        var object = namespace
        object["spec", "finalizers"] = (try parse(call))["spec", "finalizers"]
        if object.list("spec", "finalizers").isEmpty { object["spec"] = [:] }
        if object.isBeingDeleted, isGone(object, call.resource) {
            return APIResponse(200, json: removed(call.resource, call.key, object))
        }
        return APIResponse(200, json: store.put(call.resource.storage, call.key, object))
    }

    /// A token that names its account; this server takes any it made.
    private mutating func token(_ call: Call) throws(StatusError) -> APIResponse {
        guard store.object(call.resource.storage, call.key) != nil else {
            throw .notFound(call.resource.groupResource, call.key.name)
        }
        var request = try parse(call)
        let seconds = request["spec", "expirationSeconds"]?.intValue ?? 3600
        let secret = IdentifierSource.hex(identifiers.number())
        request["status"] = [
            "token": .string("local.\(call.key.namespace).\(call.key.name).\(secret)"),
            "expirationTimestamp": .string((now + .seconds(seconds)).text),
        ]
        return APIResponse(201, json: request)
    }

    /// TokenReview and the access reviews: everyone who got in may do everything.
    mutating func review(_ call: Call) throws(StatusError) -> APIResponse {
        var object = try decode(try parse(call), call)
        if call.resource.kind == "TokenReview" {
            let parts = object.string("spec", "token").split(separator: ".").map(String.init)
            if parts.count == 4, parts[0] == "local" {
                object["status"] = [
                    "authenticated": true,
                    "user": [
                        "username": .string("system:serviceaccount:\(parts[1]):\(parts[2])"),
                        "groups": [
                            "system:serviceaccounts", .string("system:serviceaccounts:\(parts[1])"), "system:authenticated",
                        ],
                    ],
                ]
            } else {
                object["status"] = ["authenticated": false, "user": [:], "error": "invalid bearer token"]
            }
        } else {
            object["status"] = ["allowed": true, "reason": "the local control plane has no authorization"]
        }
        return APIResponse(201, json: object)
    }
}

extension JSONValue {
    mutating func set(_ value: JSONValue, at path: [String]) {
        guard let first = path.first else {
            self = value
            return
        }
        var child = self[first] ?? .object([:])
        child.set(value, at: Array(path.dropFirst()))
        self[first] = child
    }
}
