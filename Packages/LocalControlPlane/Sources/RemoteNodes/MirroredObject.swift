import JSON
import KubernetesModel

/// An object as the mirror keeps it: without its managed fields, and of what ConfigMaps and Secrets hold only the keys.
struct MirroredObject: JSONScannable, Sendable {
    var json: JSONValue

    init(scanning scanner: inout JSONScanner) throws {
        self.init(try scanner.value())
    }

    init(_ json: JSONValue) {
        self.json = json
        self.json.edit("metadata") { $0["managedFields"] = nil }
        for field in ["data", "binaryData"] {
            self.json.edit(field) { data in
                for key in (data.objectValue ?? [:]).keys { data[key] = "" }
            }
        }
    }
}

extension ResourceType {
    /// What the simulation of nodes reads, in the order in which things make sense.
    static let mirrored: [ResourceType] = [
        .namespaces, .storageClasses, .nodes, persistentVolumes, .persistentVolumeClaims, .configMaps, .secrets, .pods,
    ]

    static let persistentVolumes = ResourceType(
        group: "", version: "v1", plural: "persistentvolumes", kind: "PersistentVolume", namespaced: false)
    static let coreEvents = ResourceType(group: "", version: "v1", plural: "events", kind: "Event")

    var id: GroupResource { GroupResource(group: group, plural: plural) }
}
