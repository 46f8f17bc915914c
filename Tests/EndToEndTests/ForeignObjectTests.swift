import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// What somebody else made under a child's name is never written to: the set says which object stands in the way and what to
/// do, and goes on once it is gone.
struct ForeignObjectTests {
    enum Child: String, CaseIterable, Sendable { case configMap, service, statefulSet }

    @Test(arguments: ControlPlane.available, Child.allCases) func isLeftAlone(_ kind: ControlPlane, _ child: Child) async throws {
        try await World.with(kind, "foreign-\(child.rawValue.lowercased())") { world in
            try await world.startController()
            let (resource, name) = try await Self.place(child, in: world)
            let foreign = try await world.client.create(resource, Self.object(child, name, world.namespace))

            try await world.make("wanted")
            let set = try await world.condition("wanted", "Ready", "False", reason: "ForeignObject")
            let message = set.condition("Ready")?["message"]?.stringValue ?? ""
            #expect(message.contains("\(resource.kind) \(world.namespace)/\(name)"))
            #expect(message.contains("delete or rename"))
            let event = try await eventually("an event tells it") {
                try await world.events(of: "wanted", reason: "ForeignObject").first
            }
            #expect(event["type"] == "Warning")
            #expect(event["note"]?.stringValue?.contains(name) == true)

            let after = try await world.client.get(resource, world.key(name))
            #expect(after.uid == foreign.uid)
            #expect(after["data"] == foreign["data"])
            #expect(after["spec"] == foreign["spec"])
            #expect(after[path: "metadata", "labels"] == foreign[path: "metadata", "labels"])
            #expect(after[path: "metadata", "ownerReferences"] == nil)
            let managers = after[path: "metadata", "managedFields"]?.arrayValue?.compactMap { $0["manager"]?.stringValue } ?? []
            #expect(!managers.contains("spice-set-controller"))

            try await world.client.delete(resource, world.key(name))
            // the controller may be quick to make its own
            try await eventually("it is gone") { try await world.uid(resource, name) != foreign.uid }
            try await world.touch("wanted")
            try await world.ready("wanted")
        }
    }

    /// Where the child would be. A ConfigMap's name has the version in it, which a set of the same spec tells.
    private static func place(_ child: Child, in world: World) async throws -> (ResourceType, String) {
        switch child {
        case .service: return (.services, "wanted")
        case .statefulSet: return (.statefulSets, "wanted-0")
        case .configMap:
            try await world.make("wanted")
            let version = try await world.ready("wanted")[path: "status", "activeVersion"]?.stringValue ?? ""
            try await world.client.delete(.spicepodSets, world.key("wanted"))
            try await eventually("its children are gone") {
                let remaining = try await world.names(.configMaps, of: "wanted") + world.names(.statefulSets, of: "wanted")
                return remaining.isEmpty
            }
            return (.configMaps, "wanted-\(version.prefix(8))")
        }
    }

    private static func object(_ child: Child, _ name: String, _ namespace: String) -> JSONValue {
        let metadata: JSONValue = ["name": .string(name), "namespace": .string(namespace), "labels": ["owner": "somebody"]]
        switch child {
        case .configMap: return ["apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": ["precious": "yes"]]
        case .service:
            return [
                "apiVersion": "v1", "kind": "Service", "metadata": metadata,
                "spec": ["selector": ["app": "other"], "ports": [["port": 1234]]],
            ]
        case .statefulSet:
            return [
                "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata,
                "spec": [
                    "replicas": 0, "serviceName": "other", "selector": ["matchLabels": ["app": "other"]],
                    "template": [
                        "metadata": ["labels": ["app": "other"]], "spec": ["containers": [["name": "other", "image": "other"]]],
                    ],
                ],
            ]
        }
    }
}
