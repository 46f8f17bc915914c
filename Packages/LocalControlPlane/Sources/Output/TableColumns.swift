import JSON
import KubernetesModel

/// The columns of each kind.
enum TableColumns {
    static func columns(of resource: Resource) -> [TableColumn] {
        if let custom = resource.custom { return [.name] + custom.columns.map(column) }
        if resource.plural == "events" { return EventColumns.columns + [TableColumn.name.wide] }
        return [.name] + builtIn(resource.groupResource)
    }

    private static func column(_ column: Resource.PrinterColumn) -> TableColumn {
        TableColumn(
            name: column.name, type: column.type, format: column.format, description: column.description, priority: column.priority
        ) { object, now in
            let values = column.path.values(in: object)
            guard let first = values.first else { return .null }
            switch column.type {
            case "date": return .string(Age.text(since: first.stringValue ?? "", now))
            case "integer", "number", "boolean": return first
            default:
                let texts = values.map { $0.stringValue ?? $0.text }
                return .string(texts.joined(separator: ","))
            }
        }
    }

    private static func text(_ name: String, _ path: String...) -> TableColumn {
        TableColumn(name: name) { object, _ in
            let value = path.reduce(object) { $0?[$1] }
            return .string(value?.stringValue ?? value.map { $0.text } ?? "<none>")
        }
    }

    private static func number(_ name: String, _ path: String...) -> TableColumn {
        TableColumn(name: name, type: "integer") { object, _ in .int(path.reduce(object) { $0?[$1] }?.intValue ?? 0) }
    }

    private static func cell(_ name: String, _ body: @escaping @Sendable (JSONValue) -> String) -> TableColumn {
        TableColumn(name: name) { object, _ in .string(body(object)) }
    }

    private static func count(_ name: String, _ field: String) -> TableColumn {
        TableColumn(name: name, type: "integer") { object, _ in
            .int(Int64(object[field]?.objectValue?.count ?? object[field]?.arrayValue?.count ?? 0))
        }
    }

    private static func builtIn(_ resource: GroupResource) -> [TableColumn] {
        switch resource.description {
        case "pods": PodColumns.columns
        case "services":
            [
                text("Type", "spec", "type"), text("Cluster-IP", "spec", "clusterIP"), cell("External-IP") { _ in "<none>" },
                cell("Port(s)", servicePorts), .age, cell("Selector") { labels($0["spec", "selector"]) }.wide,
            ]
        case "namespaces": [text("Status", "status", "phase"), .age]
        case "nodes": nodeColumns
        case "configmaps": [count("Data", "data"), .age]
        case "secrets": [text("Type", "type"), count("Data", "data"), .age]
        case "serviceaccounts": [count("Secrets", "secrets"), .age]
        case "statefulsets.apps":
            [
                cell("Ready") { "\($0["status", "readyReplicas"]?.intValue ?? 0)/\($0["spec", "replicas"]?.intValue ?? 0)" }, .age,
                containers("Containers", "name").wide, containers("Images", "image").wide,
            ]
        case "deployments.apps":
            [
                cell("Ready") { "\($0["status", "readyReplicas"]?.intValue ?? 0)/\($0["spec", "replicas"]?.intValue ?? 0)" },
                number("Up-to-date", "status", "updatedReplicas"), number("Available", "status", "availableReplicas"), .age,
                containers("Containers", "name").wide, containers("Images", "image").wide,
                cell("Selector") { labels($0[path: "spec", "selector", "matchLabels"]) }.wide,
            ]
        case "replicasets.apps":
            [
                number("Desired", "spec", "replicas"), number("Current", "status", "replicas"),
                number("Ready", "status", "readyReplicas"), .age,
                containers("Containers", "name").wide, containers("Images", "image").wide,
                cell("Selector") { labels($0[path: "spec", "selector", "matchLabels"]) }.wide,
            ]
        case "controllerrevisions.apps":
            [
                cell("Controller") { owner($0) }, number("Revision", "revision"), .age,
            ]
        case "persistentvolumeclaims":
            [
                cell("Status") { $0.isBeingDeleted ? "Terminating" : $0.string("status", "phase") },
                cell("Volume") { $0.string("spec", "volumeName") }, cell("Capacity") { $0.string("status", "capacity", "storage") },
                cell("Access Modes") { accessModes($0["status"]) }, cell("StorageClass") { $0.string("spec", "storageClassName") },
                cell("VolumeAttributesClass") { $0["spec", "volumeAttributesClassName"]?.stringValue ?? "<unset>" }, .age,
                cell("VolumeMode") { $0.string("spec", "volumeMode") }.wide,
            ]
        case "persistentvolumes":
            [
                cell("Capacity") { $0.string("spec", "capacity", "storage") }, cell("Access Modes") { accessModes($0["spec"]) },
                text("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"), text("Status", "status", "phase"),
                cell("Claim") { "\($0.string("spec", "claimRef", "namespace"))/\($0.string("spec", "claimRef", "name"))" },
                cell("StorageClass") { $0.string("spec", "storageClassName") }, .age,
            ]
        case "endpoints": [cell("Endpoints", endpoints), .age]
        case "endpointslices.discovery.k8s.io":
            [
                text("AddressType", "addressType"),
                cell("Ports") { $0.list("ports").map { $0["port"]?.text ?? "" }.joined(separator: ",") },
                cell("Endpoints") { $0.list("endpoints").flatMap { $0.strings("addresses") }.joined(separator: ",") }, .age,
            ]
        case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io":
            [
                TableColumn(name: "Created At", type: "date") { object, _ in object["metadata", "creationTimestamp"] ?? .null }
            ]
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io":
            [
                cell("Role") { "\($0.string("roleRef", "kind"))/\($0.string("roleRef", "name"))" }, .age,
            ]
        case "networkpolicies.networking.k8s.io":
            [
                cell("Pod-Selector") { labels($0[path: "spec", "podSelector", "matchLabels"]) }, .age,
            ]
        case "poddisruptionbudgets.policy":
            [
                cell("Min Available") { $0["spec", "minAvailable"].map { $0.stringValue ?? $0.text } ?? "N/A" },
                cell("Max Unavailable") { $0["spec", "maxUnavailable"].map { $0.stringValue ?? $0.text } ?? "N/A" },
                number("Allowed Disruptions", "status", "disruptionsAllowed"), .age,
            ]
        case "leases.coordination.k8s.io": [cell("Holder") { $0.string("spec", "holderIdentity") }, .age]
        case "storageclasses.storage.k8s.io":
            [
                text("Provisioner", "provisioner"), text("ReclaimPolicy", "reclaimPolicy"),
                text("VolumeBindingMode", "volumeBindingMode"),
                cell("AllowVolumeExpansion") { $0["allowVolumeExpansion"] == true ? "true" : "false" }, .age,
            ]
        case "customresourcedefinitions.apiextensions.k8s.io":
            [
                TableColumn(name: "Created At", type: "date") { object, _ in object["metadata", "creationTimestamp"] ?? .null }
            ]
        case "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io":
            [count("Webhooks", "webhooks"), .age]
        default: [.age]
        }
    }

    private static let nodeColumns: [TableColumn] = [
        cell("Status") { node in
            let ready = node.list("status", "conditions").first { $0["type"] == "Ready" }
            let state = ready?["status"] == "True" ? "Ready" : "NotReady"
            return node["spec", "unschedulable"] == true ? "\(state),SchedulingDisabled" : state
        },
        cell("Roles") { _ in "<none>" }, .age, text("Version", "status", "nodeInfo", "kubeletVersion"),
        cell("Internal-IP") { node in
            node.list("status", "addresses").first { $0["type"] == "InternalIP" }?.string("address") ?? "<none>"
        }.wide,
    ]

    private static func labels(_ map: JSONValue?) -> String {
        let pairs = (map?.objectValue ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.stringValue ?? "")" }
        return pairs.isEmpty ? "<none>" : pairs.joined(separator: ",")
    }

    private static func owner(_ object: JSONValue) -> String {
        guard let owner = object.list("metadata", "ownerReferences").first(where: { $0["controller"] == true }) else {
            return "<none>"
        }
        return
            "\(owner.string("kind").lowercased()).\(owner.string("apiVersion").split(separator: "/").first ?? "")/\(owner.string("name"))"
    }

    private static func servicePorts(_ service: JSONValue) -> String {
        let ports = service.list("spec", "ports").map { port -> String in
            let node = port["nodePort"]?.intValue.map { ":\($0)" } ?? ""
            return "\(port["port"]?.text ?? "")\(node)/\(port.string("protocol"))"
        }
        return ports.isEmpty ? "<none>" : ports.joined(separator: ",")
    }

    private static func containers(_ name: String, _ field: String) -> TableColumn {
        cell(name) { $0.containers.map { $0.string(field) }.joined(separator: ",") }
    }

    private static func accessModes(_ value: JSONValue?) -> String {
        let short = ["ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP"]
        return (value?.strings("accessModes") ?? []).map { short[$0] ?? $0 }.joined(separator: ",")
    }

    private static func endpoints(_ object: JSONValue) -> String {
        let all = object.list("subsets").flatMap { subset in
            subset.list("addresses").flatMap { address in
                subset.list("ports").map { "\(address.string("ip")):\($0["port"]?.text ?? "")" }
            }
        }
        return all.isEmpty ? "<none>" : all.joined(separator: ",")
    }
}

extension JSONValue {
    /// Containers of a workload's template.
    fileprivate var containers: [JSONValue] { list("spec", "template", "spec", "containers") }
}
