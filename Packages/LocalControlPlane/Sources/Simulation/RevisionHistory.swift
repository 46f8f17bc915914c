import JSON
import KubernetesModel

/// A StatefulSet's templates as ControllerRevisions, named by their hash.
struct RevisionHistory {
    private var revisions: [JSONValue]

    init(of set: JSONValue, in cluster: Cluster) {
        revisions = cluster.list(.revisions, namespace: set.namespace).filter { $0.isControlled(by: set) }
            .sorted { Self.number($0) < Self.number($1) }
    }

    private static func number(_ revision: JSONValue) -> Int64 { revision["revision"]?.intValue ?? 0 }

    var names: Set<String> { Set(revisions.map(\.name)) }

    func template(_ name: String) -> JSONValue? {
        var template = revisions.first { $0.name == name }?[path: "data", "spec", "template"]
        template?["$patch"] = nil
        return template
    }

    /// The name of the revision that holds the set's template, made or moved to the front where needed.
    mutating func revision(for set: JSONValue, _ cluster: inout Cluster) -> String {
        var template = set["spec", "template"] ?? [:]
        template["$patch"] = "replace"
        let data: JSONValue = ["spec": ["template": template]]
        let next = (revisions.last.map(Self.number) ?? 0) + 1
        if let index = revisions.firstIndex(where: { $0["data"] == data }) {
            let found = revisions.remove(at: index)
            if Self.number(found) != next - 1 {
                cluster.update(.revisions, found.key) { $0["revision"] = .int(next) }
            }
            revisions.append(found)
            return found.name
        }
        let hash = Hash.safe(data.text)
        var labels = set[path: "spec", "template", "metadata", "labels"] ?? [:]
        labels["controller.kubernetes.io/hash"] = .string(hash)
        let revision: JSONValue = [
            "apiVersion": "apps/v1", "kind": "ControllerRevision",
            "metadata": [
                "name": .string("\(set.name)-\(hash)"), "namespace": .string(set.namespace), "labels": labels,
                "ownerReferences": [set.controllerReference()],
            ],
            "data": data, "revision": .int(next),
        ]
        // One that survived its set by orphaning is adopted.
        if cluster.create(.revisions, revision) == nil {
            cluster.update(.revisions, revision.key) { $0["metadata", "ownerReferences"] = [set.controllerReference()] }
        }
        revisions.append(revision)
        return revision.name
    }

    func truncate(_ set: JSONValue, keeping inUse: Set<String>, _ cluster: inout Cluster) {
        let limit = Int(set["spec", "revisionHistoryLimit"]?.intValue ?? 10)
        let old = revisions.filter { !inUse.contains($0.name) }
        for revision in old.dropLast(limit) { cluster.delete(.revisions, revision.key) }
    }
}
