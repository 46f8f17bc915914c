import JSON
import KubernetesModel
import KubernetesSchema

/// What single kinds need around a write.
extension APICore {
    mutating func prepareForCreate(_ object: inout JSONValue, _ resource: Resource) throws(StatusError) {
        switch resource.groupResource.description {
        case "namespaces":
            object["metadata", "labels"] = MergePatch.apply(
                ["kubernetes.io/metadata.name": .string(object.name)], to: object["metadata", "labels"])
            object["spec", "finalizers"] = ["kubernetes"]
            object["status"] = ["phase": "Active"]
        case "services": try allocateAddresses(&object, old: nil)
        case "persistentvolumeclaims":
            if object["spec", "storageClassName"] == nil, let name = defaultStorageClass {
                object["spec", "storageClassName"] = .string(name)
            }
            object["metadata", "finalizers"] = .array(
                (object["metadata"]?.list("finalizers") ?? []) + ["kubernetes.io/pvc-protection"])
            object["status"] = ["phase": "Pending"]
        case "pods":
            object.edit("spec") { PodDefaults.applyAdmission(to: &$0) }
            object["status", "qosClass"] = .string(Self.qualityOfService(object["spec"] ?? [:]))
        case "customresourcedefinitions.apiextensions.k8s.io":
            object["status"] = CustomResourceDefinitions.status(of: object, now: now)
        default: break
        }
        warnAboutMatchConditions(object, resource)
    }

    /// CEL is not evaluated: a webhook with conditions is called as if there were none.
    private mutating func warnAboutMatchConditions(_ object: JSONValue, _ resource: Resource) {
        guard resource.group == "admissionregistration.k8s.io" else { return }
        for (index, webhook) in object.list("webhooks").enumerated() where !webhook.list("matchConditions").isEmpty {
            warnings.append(
                "webhooks[\(index)].matchConditions are not evaluated here: the webhook is called as if there were none")
        }
    }

    mutating func prepareForUpdate(_ object: inout JSONValue, _ existing: JSONValue, _ call: Call) throws(StatusError) {
        switch call.resource.groupResource.description {
        case "services" where call.subresource == nil: try allocateAddresses(&object, old: existing)
        case "persistentvolumeclaims" where call.subresource == nil: try checkExpansion(object, existing, call)
        case "namespaces" where call.subresource == nil: object["spec"] = existing["spec"]
        case "customresourcedefinitions.apiextensions.k8s.io" where call.subresource == nil:
            object["status"] = CustomResourceDefinitions.status(of: object, now: now)
        default: break
        }
        warnAboutMatchConditions(object, call.resource)
    }

    func validate(
        _ object: JSONValue, old: JSONValue?, _ resource: Resource, subresource: String? = nil
    ) throws(StatusError) {
        var errors = MetadataValidation.errors(object, old: old, resource)
        if let custom = resource.custom {
            errors += resource.schema.validate(object)
            if let path = custom.scale?.specReplicas {
                var node: JSONValue? = object
                for name in path { node = node?[name] }
                if let replicas = node?.intValue, replicas < 0 {
                    errors.append(.invalid("." + path.joined(separator: "."), .int(replicas), "should be a non-negative integer"))
                }
            }
        } else if subresource != "status" {
            errors += BuiltInValidation.errors(object, old: old, resource.groupResource)
        }
        guard !errors.isEmpty else { return }
        throw .invalid(group: resource.group, kind: resource.kind, name: object.name, errors)
    }

    /// Follow-up writes that belong to the same moment.
    mutating func afterWrite(_ resource: Resource, _ key: ObjectKey, _ object: JSONValue) {
        if resource.groupResource == CustomResourceDefinitions.resource {
            CustomResourceDefinitions.register(object, in: &registry)
        }
    }

    mutating func afterRemoval(_ resource: Resource, _ object: JSONValue) {
        guard resource.groupResource == CustomResourceDefinitions.resource else { return }
        let id = GroupResource(group: object.string("spec", "group"), plural: object.string("spec", "names", "plural"))
        for key in store.all(id).keys.sorted() { _ = store.remove(id, key) }
        registry.remove(id)
    }

    /// Claims grow only where their class lets them.
    private func checkExpansion(_ object: JSONValue, _ existing: JSONValue, _ call: Call) throws(StatusError) {
        let path = ["spec", "resources", "requests", "storage"]
        let (old, new) = (path.reduce(existing) { $0?[$1] }, path.reduce(object) { $0?[$1] })
        guard let old = old?.stringValue, let new = new?.stringValue, Quantity(old).isLess(than: Quantity(new)) == true else {
            return
        }
        let storageClass = store.object(
            GroupResource(group: "storage.k8s.io", plural: "storageclasses"),
            ObjectKey(name: existing.string("spec", "storageClassName")))
        guard storageClass?["allowVolumeExpansion"] != true else { return }
        throw .forbidden(
            call.resource.groupResource, call.key.name,
            "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize")
    }

    private var defaultStorageClass: String? {
        store.all(GroupResource(group: "storage.k8s.io", plural: "storageclasses")).first {
            $0.value.string("metadata", "annotations", "storageclass.kubernetes.io/is-default-class") == "true"
        }?.key.name
    }

    private mutating func allocateAddresses(_ object: inout JSONValue, old: JSONValue?) throws(StatusError) {
        let type = object.string("spec", "type")
        guard type != "ExternalName" else { return }
        if let old, object["spec", "clusterIP"] == nil { object["spec", "clusterIP"] = old["spec", "clusterIP"] }
        let services = store.all(GroupResource(group: "", plural: "services")).values
        if object.string("spec", "clusterIP").isEmpty {
            let used = Set(services.map { $0.string("spec", "clusterIP") })
            let first = services.count + 2
            let free = (first..<first + 65_000).lazy.map { "10.96.\($0 % 65_280 / 256).\($0 % 256)" }.first { !used.contains($0) }
            guard let free else { throw StatusError(500, "InternalError", "no cluster IP is left") }
            object["spec", "clusterIP"] = .string(free)
        }
        object["spec", "clusterIPs"] = [object["spec", "clusterIP"] ?? ""]
        object["spec"]?.setDefault("ipFamilies", ["IPv4"])
        object["spec"]?.setDefault("ipFamilyPolicy", "SingleStack")
        if type == "NodePort" || type == "LoadBalancer" {
            var used = Set(services.flatMap { $0.list("spec", "ports").compactMap { $0["nodePort"]?.intValue } })
            object["spec"]?.editEach("ports") { port in
                guard port["nodePort"] == nil, let free = (30000...32767).first(where: { !used.contains($0) }) else { return }
                used.insert(free)
                port["nodePort"] = .int(free)
            }
        }
    }

    private static func qualityOfService(_ spec: JSONValue) -> String {
        var isGuaranteed = true
        var isBurstable = false
        for container in spec.list("containers") + spec.list("initContainers") {
            let requests = container[path: "resources", "requests"]?.objectValue ?? [:]
            let limits = container[path: "resources", "limits"]?.objectValue ?? [:]
            for name in ["cpu", "memory"] {
                if requests[name] != nil || limits[name] != nil { isBurstable = true }
                if limits[name] == nil || requests[name] != limits[name] { isGuaranteed = false }
            }
        }
        return isGuaranteed ? "Guaranteed" : isBurstable ? "Burstable" : "BestEffort"
    }
}
