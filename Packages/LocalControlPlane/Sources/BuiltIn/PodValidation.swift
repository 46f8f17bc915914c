import JSON
import KubernetesModel
import KubernetesSchema

enum PodValidation {
    /// - Parameter claims: volumes that the workload adds to each pod.
    static func template(_ template: JSONValue, _ path: String, claims: [String] = []) -> [FieldError] {
        MetadataValidation.labels(template["metadata", "labels"], "\(path).labels")
            + (template["metadata", "annotations"]?.objectValue ?? [:]).keys.sorted().flatMap {
                Names.qualifiedNameErrors($0.lowercased(), "\(path).annotations")
            } + spec(template["spec"] ?? [:], "\(path).spec", claims: claims)
    }

    static func spec(_ spec: JSONValue, _ path: String, claims: [String] = []) -> [FieldError] {
        var errors: [FieldError] = []
        let containers = spec.list("containers")
        if containers.isEmpty { errors.append(.required("\(path).containers")) }
        var volumes: Set<String> = []
        for (index, volume) in spec.list("volumes").enumerated() {
            let name = volume.string("name")
            errors += Names.labelErrors(name, "\(path).volumes[\(index)].name")
            if !volumes.insert(name).inserted { errors.append(.duplicate("\(path).volumes[\(index)].name", .string(name))) }
        }
        var names: Set<String> = []
        for list in ["initContainers", "containers"] {
            for (index, container) in spec.list(list).enumerated() {
                let here = "\(path).\(list)[\(index)]"
                errors += self.container(container, here, volumes: volumes.union(claims))
                if !names.insert(container.string("name")).inserted {
                    errors.append(.duplicate("\(here).name", container["name"] ?? ""))
                }
            }
        }
        return errors
    }

    private static func container(_ container: JSONValue, _ path: String, volumes: Set<String>) -> [FieldError] {
        var errors: [FieldError] = []
        let name = container.string("name")
        errors += name.isEmpty ? [.required("\(path).name")] : Names.labelErrors(name, "\(path).name")
        let image = container.string("image")
        if image.isEmpty { errors.append(.required("\(path).image")) }
        if image != image.filter({ !$0.isWhitespace }) {
            errors.append(.invalid("\(path).image", .string(image), "must not have leading or trailing whitespace"))
        }
        for (index, port) in container.list("ports").enumerated() {
            let number = port["containerPort"]?.intValue ?? 0
            if !(1...65535).contains(number) {
                errors.append(
                    .invalid("\(path).ports[\(index)].containerPort", .int(number), "must be between 1 and 65535, inclusive"))
            }
        }
        for (index, variable) in container.list("env").enumerated() where variable.string("name").isEmpty {
            errors.append(.required("\(path).env[\(index)].name"))
        }
        var paths: Set<String> = []
        for (index, mount) in container.list("volumeMounts").enumerated() {
            if !volumes.contains(mount.string("name")) {
                errors.append(
                    FieldError(
                        field: "\(path).volumeMounts[\(index)].name", reason: "FieldValueNotFound",
                        message: "Not found: \(JSONValue.string(mount.string("name")).text)"))
            }
            if !paths.insert(mount.string("mountPath")).inserted {
                errors.append(
                    .invalid("\(path).volumeMounts[\(index)].mountPath", mount["mountPath"] ?? "", "must be unique"))
            }
        }
        for (name, limit) in container["resources", "limits"]?.objectValue ?? [:] {
            guard let request = container[path: "resources", "requests", name]?.stringValue, let limit = limit.stringValue,
                Quantity(limit).isLess(than: Quantity(request)) == true
            else { continue }
            errors.append(
                .invalid(
                    "\(path).resources.requests", .string(request), "must be less than or equal to \(name) limit of \(limit)"))
        }
        return errors
    }

    /// Of a pod's spec only images, deadlines and tolerations may change; the binding and gates aside.
    static func update(_ spec: JSONValue, old: JSONValue) -> [FieldError] {
        func fixed(_ spec: JSONValue) -> JSONValue {
            var spec = spec
            for field in ["activeDeadlineSeconds", "tolerations", "nodeName", "schedulingGates", "terminationGracePeriodSeconds"] {
                spec[field] = nil
            }
            for list in ["containers", "initContainers"] {
                spec.editEach(list) {
                    $0["image"] = nil
                    $0["resources"] = nil
                }
            }
            return spec
        }
        if fixed(spec) == fixed(old), old["nodeName"] == nil || old["nodeName"] == spec["nodeName"] { return [] }
        return [
            .forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)")
        ]
    }
}
