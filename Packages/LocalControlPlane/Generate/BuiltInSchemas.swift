// Makes Sources/Schema/BuiltInSchemaTable.swift from a real API server's OpenAPI v3 documents:
//
//   for gv in api/v1 apis/apps/v1 …; do kubectl get --raw /openapi/v3/$gv > ${gv//\//_}.json; done
//   swift Packages/LocalControlPlane/Generate/BuiltInSchemas.swift *.json > Packages/LocalControlPlane/Sources/Schema/BuiltInSchemaTable.swift
//
// A script of its own, outside the package: the documents it reads weigh 5 MB and are not kept in the repository.
import Foundation

let wanted: Set<String> = [
    "/v1 Namespace", "/v1 Pod", "/v1 Service", "/v1 ConfigMap", "/v1 Secret", "/v1 ServiceAccount", "/v1 Node",
    "/v1 PersistentVolumeClaim", "/v1 PersistentVolume", "/v1 Event", "/v1 Endpoints", "/v1 ResourceQuota", "/v1 LimitRange",
    "apps/v1 StatefulSet", "apps/v1 Deployment", "apps/v1 ReplicaSet", "apps/v1 DaemonSet", "apps/v1 ControllerRevision",
    "batch/v1 Job", "batch/v1 CronJob", "policy/v1 PodDisruptionBudget", "policy/v1 Eviction", "networking.k8s.io/v1 NetworkPolicy",
    "networking.k8s.io/v1 Ingress", "rbac.authorization.k8s.io/v1 Role", "rbac.authorization.k8s.io/v1 RoleBinding",
    "rbac.authorization.k8s.io/v1 ClusterRole", "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
    "storage.k8s.io/v1 StorageClass", "coordination.k8s.io/v1 Lease", "discovery.k8s.io/v1 EndpointSlice",
    "events.k8s.io/v1 Event", "scheduling.k8s.io/v1 PriorityClass",
    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
    "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration",
    "apiextensions.k8s.io/v1 CustomResourceDefinition", "authentication.k8s.io/v1 TokenReview",
    "authentication.k8s.io/v1 TokenRequest", "authorization.k8s.io/v1 SubjectAccessReview",
    "authorization.k8s.io/v1 SelfSubjectAccessReview", "autoscaling/v1 Scale",
]
let scalars = [
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity", "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "microtime", "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "intorstring",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "any", "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "any",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps": "any",
]

var schemas: [String: [String: Any]] = [:]
for path in CommandLine.arguments.dropFirst() where path.hasSuffix(".json") {
    guard let data = FileManager.default.contents(atPath: path),
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any],
        let components = document["components"] as? [String: Any], let found = components["schemas"] as? [String: [String: Any]]
    else { continue }
    schemas.merge(found) { first, _ in first }
}

func reference(_ schema: [String: Any]) -> String? {
    if let text = schema["$ref"] as? String { return text.split(separator: "/").last.map(String.init) }
    return ((schema["allOf"] as? [[String: Any]])?.first).flatMap(reference)
}

var reachable: Set<String> = []
func visit(_ schema: [String: Any]) {
    if let name = reference(schema), scalars[name] == nil, reachable.insert(name).inserted { visit(schemas[name] ?? [:]) }
    for child in (schema["properties"] as? [String: [String: Any]] ?? [:]).values { visit(child) }
    for key in ["items", "additionalProperties"] { if let child = schema[key] as? [String: Any] { visit(child) } }
}
var roots: [(key: String, name: String)] = []
for (name, schema) in schemas {
    for kind in schema["x-kubernetes-group-version-kind"] as? [[String: String]] ?? [] {
        let key = "\(kind["group"] ?? "")/\(kind["version"] ?? "") \(kind["kind"] ?? "")"
        let text = key.hasPrefix("/") ? "/" + key.dropFirst() : key
        if wanted.contains(text), !name.contains("DeleteOptions") { roots.append((text, name)) }
    }
}
for root in roots { reachable.insert(root.name); visit(schemas[root.name] ?? [:]) }

let byLast = Dictionary(grouping: reachable) { $0.split(separator: ".").last.map(String.init) ?? $0 }
func short(_ name: String) -> String {
    let parts = name.split(separator: ".").map(String.init)
    return byLast[parts.last ?? ""]?.count == 1 ? parts.suffix(1).joined() : parts[parts.count - 3] + "." + (parts.last ?? "")
}

func type(_ schema: [String: Any]) -> String {
    if let name = reference(schema) { return scalars[name] ?? (schemas[name]?["properties"] == nil ? "any" : short(name)) }
    switch schema["type"] as? String {
    case "array": return "[\(type(schema["items"] as? [String: Any] ?? [:]))]"
    case "object":
        if let values = schema["additionalProperties"] as? [String: Any] { return "{\(type(values))}" }
        return "any"
    case "string":
        switch schema["format"] as? String {
        case "byte": return "bytes"
        case "int-or-string": return "intorstring"
        case "date-time": return "time"
        default: return "string"
        }
    case "integer": return schema["format"] as? String ?? "int64"
    case let other?: return other
    case nil: return "any"
    }
}

print("// Made by Packages/LocalControlPlane/Generate/BuiltInSchemas.swift; do not edit.\n")
print(
    "/// What a real API server publishes about its own kinds, a field a line: `name! type list=… merge=… default=… enum=…`, `!` for"
)
print("/// required. `list=map:name` is keyed by `name`; `default={}` marks a struct that is never absent in Go.")
print("let builtInSchemaTable = #\"\"\"")
for root in roots.sorted(by: { $0.key < $1.key }) { print("    @kind \(root.key) \(short(root.name))") }
for name in reachable.sorted(by: { short($0) < short($1) }) {
    guard let schema = schemas[name], let properties = schema["properties"] as? [String: [String: Any]] else { continue }
    let required = Set(schema["required"] as? [String] ?? [])
    let atomic = (schema["x-kubernetes-map-type"] as? String) == "atomic" ? " atomic" : ""
    print("    @type \(short(name))\(atomic)")
    for (field, property) in properties.sorted(by: { $0.key < $1.key }) {
        var line = "    \(field)\(required.contains(field) ? "!" : "") \(type(property))"
        if let list = property["x-kubernetes-list-type"] as? String {
            let keys = (property["x-kubernetes-list-map-keys"] as? [String] ?? []).joined(separator: ",")
            line += " list=\(list)" + (keys.isEmpty ? "" : ":\(keys)")
        }
        if let map = property["x-kubernetes-map-type"] as? String { line += " map=\(map)" }
        if let strategy = property["x-kubernetes-patch-strategy"] as? String {
            line +=
                " merge=\(strategy.replacingOccurrences(of: ",", with: "+")):\(property["x-kubernetes-patch-merge-key"] as? String ?? "")"
        }
        if let value = property["default"] {
            let data = try JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
            line += " default=\(String(decoding: data, as: UTF8.self))"
        }
        if let values = property["enum"] as? [String], values.count < 12 { line += " enum=\(values.joined(separator: "|"))" }
        print(line)
    }
}
print("    \"\"\"#")
