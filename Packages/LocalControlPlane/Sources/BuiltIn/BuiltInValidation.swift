import JSON
import KubernetesModel
import KubernetesSchema

/// Rules of the built-in kinds, as far as controllers can run into them.
enum BuiltInValidation {
    static func errors(_ object: JSONValue, old: JSONValue?, _ resource: GroupResource) -> [FieldError] {
        switch resource.description {
        case "pods": return pod(object, old: old)
        case "services": return service(object, old: old)
        case "configmaps": return data(object, old: old)
        case "secrets": return data(object, old: old) + secret(object, old: old)
        case "statefulsets.apps": return statefulSet(object, old: old)
        case "deployments.apps", "replicasets.apps": return workload(object, old: old)
        case "persistentvolumeclaims": return claim(object, old: old)
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io":
            guard let old, old["roleRef"] != object["roleRef"] else { return [] }
            return [.invalid("roleRef", object["roleRef"] ?? .null, "cannot change roleRef")]
        case "poddisruptionbudgets.policy":
            guard object["spec", "minAvailable"] != nil, object["spec", "maxUnavailable"] != nil else { return [] }
            return [.invalid("spec", object["spec"] ?? .null, "minAvailable and maxUnavailable cannot be both set")]
        case "customresourcedefinitions.apiextensions.k8s.io": return CustomResourceDefinitions.errors(object, old: old)
        default: return []
        }
    }

    private static func immutable(_ field: String, _ value: JSONValue?) -> FieldError {
        .invalid(field, value ?? .null, "field is immutable")
    }

    private static func data(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        var errors: [FieldError] = []
        for field in ["data", "binaryData"] {
            for key in (object[field]?.objectValue ?? [:]).keys.sorted() where !isConfigKey(key) {
                errors.append(
                    .invalid(
                        "\(field)[\(key)]", .string(key),
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  "
                            + "or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"))
            }
        }
        let size = ["data", "binaryData"].reduce(0) { total, field in
            (object[field]?.objectValue ?? [:]).values.reduce(total) { $0 + ($1.stringValue ?? "").utf8.count }
        }
        if size > 1 << 20 { errors.append(.tooLong("", 1 << 20)) }
        guard let old, old["immutable"] == true else { return errors }
        let why = "field is immutable when `immutable` is set"
        if object["immutable"] != true { errors.append(.forbidden("immutable", why)) }
        for field in ["data", "binaryData"] where object[field] != old[field] { errors.append(.forbidden(field, why)) }
        return errors
    }

    private static func isConfigKey(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 253 && key != "." && key != ".."
            && key.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
            }
    }

    private static func secret(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        var errors: [FieldError] = []
        if let old, old["type"] != object["type"] { errors.append(immutable("type", object["type"])) }
        if object["type"] == "kubernetes.io/tls" {
            for key in ["tls.crt", "tls.key"] where object["data", key] == nil { errors.append(.required("data[\(key)]")) }
        }
        return errors
    }

    private static func service(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        var errors: [FieldError] = []
        let spec = object["spec"] ?? [:]
        let ports = spec.list("ports")
        if ports.isEmpty, spec["clusterIP"] != "None", spec["type"] != "ExternalName" { errors.append(.required("spec.ports")) }
        var names: Set<String> = []
        var numbers: Set<JSONValue> = []
        for (index, port) in ports.enumerated() {
            let path = "spec.ports[\(index)]"
            let name = port.string("name")
            if name.isEmpty {
                if ports.count > 1 { errors.append(.required("\(path).name")) }
            } else {
                errors += Names.labelErrors(name, "\(path).name")
                if !names.insert(name).inserted { errors.append(.duplicate("\(path).name", .string(name))) }
            }
            let number = port["port"]?.intValue ?? 0
            if !(1...65535).contains(number) {
                errors.append(.invalid("\(path).port", .int(number), "must be between 1 and 65535, inclusive"))
            }
            if !numbers.insert([port["port"] ?? 0, port["protocol"] ?? "TCP"]).inserted { errors.append(.duplicate(path, port)) }
        }
        if let old, old["spec", "clusterIP"] != spec["clusterIP"], spec["type"] != "ExternalName",
            old["spec", "type"] != "ExternalName"
        {
            errors.append(
                .invalid("spec.clusterIPs[0]", .array([spec["clusterIP"] ?? .null]), "may not change once set"))
        }
        return errors + MetadataValidation.labels(spec["selector"], "spec.selector")
    }

    private static func statefulSet(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        var errors = workload(object, old: nil)
        if let old {
            var before = old["spec"] ?? [:]
            var after = object["spec"] ?? [:]
            for field in [
                "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
                "persistentVolumeClaimRetentionPolicy",
                "minReadySeconds",
            ] {
                before[field] = nil
                after[field] = nil
            }
            if before != after {
                errors.append(
                    .forbidden(
                        "spec",
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                            + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"))
            }
        }
        let policy = object[path: "spec", "template", "spec", "restartPolicy"]
        if let policy, policy != "Always" {
            errors.append(.unsupported("spec.template.spec.restartPolicy", policy, ["Always"]))
        }
        return errors
    }

    private static func workload(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        let spec = object["spec"] ?? [:]
        var errors: [FieldError] = []
        if let replicas = spec["replicas"]?.intValue, replicas < 0 {
            errors.append(.invalid("spec.replicas", .int(replicas), "must be greater than or equal to 0"))
        }
        if let selector = spec["selector"] {
            let query = LabelQuery(selector: selector)
            if query.requirements.isEmpty {
                errors.append(.invalid("spec.selector", selector, "empty selector is invalid for workload"))
            } else if !query.matches(spec[path: "template", "metadata", "labels"]) {
                errors.append(
                    .invalid(
                        "spec.template.metadata.labels", spec[path: "template", "metadata", "labels"] ?? .null,
                        "`selector` does not match template `labels`"))
            }
        } else {
            errors.append(.required("spec.selector"))
        }
        if let old, old["spec", "selector"] != spec["selector"] { errors.append(immutable("spec.selector", spec["selector"])) }
        let claims = spec.list("volumeClaimTemplates").map(\.name)
        return errors + PodValidation.template(spec["template"] ?? [:], "spec.template", claims: claims)
    }

    private static func pod(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        guard let old else { return PodValidation.spec(object["spec"] ?? [:], "spec") }
        return PodValidation.update(object["spec"] ?? [:], old: old["spec"] ?? [:])
    }

    private static func claim(_ object: JSONValue, old: JSONValue?) -> [FieldError] {
        let spec = object["spec"] ?? [:]
        var errors: [FieldError] = []
        if spec.list("accessModes").isEmpty { errors.append(.required("spec.accessModes", "at least 1 access mode is required")) }
        let request = spec[path: "resources", "requests", "storage"]?.stringValue
        if request == nil { errors.append(.required("spec.resources[storage]")) }
        guard let old else { return errors }
        var before = old["spec"] ?? [:]
        var after = spec
        let size = before[path: "resources", "requests", "storage"]?.stringValue
        let isBound = old["status", "phase"] == "Bound"
        for field in isBound ? ["resources", "volumeAttributesClassName"] : ["volumeAttributesClassName"] {
            before[field] = nil
            after[field] = nil
        }
        if before["volumeName"] == nil { after["volumeName"] = nil }
        if before["storageClassName"] == nil { after["storageClassName"] = nil }
        if before != after {
            errors.append(
                .forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"))
        }
        if let size, let request, Quantity(request).isLess(than: Quantity(size)) == true {
            errors.append(
                .forbidden(
                    "spec.resources.requests.storage",
                    "field can not be less than status.capacity"))
        }
        return errors
    }
}
