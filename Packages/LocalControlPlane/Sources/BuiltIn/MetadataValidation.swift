import JSON
import KubernetesSchema

/// Rules of `metadata` that all kinds share.
enum MetadataValidation {
    static func errors(_ object: JSONValue, old: JSONValue?, _ resource: Resource) -> [FieldError] {
        let metadata = object["metadata"] ?? [:]
        var errors = nameErrors(object.name, resource)
        errors += labels(metadata["labels"], "metadata.labels")
        for key in (metadata["annotations"]?.objectValue ?? [:]).keys.sorted() {
            errors += Names.qualifiedNameErrors(key.lowercased(), "metadata.annotations")
        }
        let size = (metadata["annotations"]?.objectValue ?? [:]).reduce(0) {
            $0 + $1.key.utf8.count + ($1.value.stringValue ?? "").utf8.count
        }
        if size > 256 << 10 { errors.append(.tooLong("metadata.annotations", 256 << 10)) }
        errors += owners(metadata.list("ownerReferences"))
        for finalizer in metadata.strings("finalizers") {
            errors += Names.qualifiedNameErrors(finalizer, "metadata.finalizers")
        }
        if old?.isBeingDeleted == true {
            let before = Set(old?["metadata"]?.strings("finalizers") ?? [])
            let added = metadata.strings("finalizers").filter { !before.contains($0) }
            if !added.isEmpty {
                let list = added.map { "\"\($0)\"" }.joined(separator: ", ")
                errors.append(
                    .forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers []string{\(list)}"))
            }
        }
        return errors
    }

    static func labels(_ labels: JSONValue?, _ field: String) -> [FieldError] {
        (labels?.objectValue ?? [:]).sorted { $0.key < $1.key }.flatMap { key, value in
            Names.qualifiedNameErrors(key, field) + Names.labelValueErrors(value.stringValue ?? "", field)
        }
    }

    private static func nameErrors(_ name: String, _ resource: Resource) -> [FieldError] {
        switch resource.groupResource.description {
        case "services", "namespaces": Names.labelErrors(name, "metadata.name")
        case let resource where resource.hasSuffix(".rbac.authorization.k8s.io"):
            name.contains("/") || name.contains("%")
                ? [.invalid("metadata.name", .string(name), "may not contain '/' or '%'")] : []
        default: Names.subdomainErrors(name, "metadata.name")
        }
    }

    private static func owners(_ references: [JSONValue]) -> [FieldError] {
        let field = "metadata.ownerReferences"
        var errors: [FieldError] = []
        for reference in references {
            if reference.string("apiVersion").isEmpty {
                errors.append(.invalid("\(field).apiVersion", "", "version must not be empty"))
            }
            if reference.string("kind").isEmpty { errors.append(.invalid("\(field).kind", "", "must not be empty")) }
            if reference.string("name").isEmpty { errors.append(.invalid("\(field).name", "", "must not be empty")) }
            if reference.string("uid").isEmpty { errors.append(.invalid("\(field).uid", "", "must not be empty")) }
        }
        if references.filter({ $0["controller"] == true }).count > 1 {
            errors.append(
                .invalid(
                    field, .array(references),
                    "Only one reference can have Controller set to true. Found \"true\" in more than one reference"))
        }
        return errors
    }
}
