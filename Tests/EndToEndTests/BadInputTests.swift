import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Bad input ends in a message that names the field and the remedy, and nothing is made of it.
struct BadInputTests {
    /// What the schema can tell never gets in.
    @Test(arguments: ControlPlane.available) func refusedAtTheDoor(_ kind: ControlPlane) async throws {
        try await World.with(kind, "refused") { world in
            let cases: [(field: String, spec: [String: JSONValue])] = [
                ("spec.bogus", ["bogus": 1]),
                ("spec.updateStrategy.speed", ["updateStrategy": ["speed": "high"]]),
                ("spec.replicas", ["replicas": "three"]),
                ("spec.replicas", ["replicas": -1]),
                ("spec.updateStrategy.type", ["updateStrategy": ["type": "Sideways"]]),
            ]
            for (field, spec) in cases {
                let error = await #expect(throws: APIError.self) {
                    _ = try await world.client.create(.spicepodSets, world.manifest("bad", spec))
                }
                #expect(error?.code == .badRequest || error?.code == .invalid, "\(field): \(error.map { "\($0)" } ?? "")")
                #expect(error?.message.contains(field) == true, "\(field): \(error?.message ?? "")")
            }
            if Kubectl.path != nil {
                let result = try await world.tryKubectl("apply", "-f", "-", input: world.manifest("bad", ["bogus": 1]))
                #expect(result.status != 0)
                #expect(result.errors.contains(#"unknown field "spec.bogus""#))
            }
            #expect(try await world.names(.spicepodSets).isEmpty)
        }
    }

    /// What only the controller can tell is told on the set, and the set has no children.
    @Test(arguments: ControlPlane.available) func toldOnTheSet(_ kind: ControlPlane) async throws {
        try await World.with(kind, "invalid") { world in
            try await world.startController()
            let cases: [(name: String, spec: [String: JSONValue], field: String)] = [
                ("dotted.name", [:], "metadata.name"),
                ("reserved", ["labels": ["spice.ai/app": "mine"]], "spec.labels[spice.ai/app]"),
                ("unlabelled", ["labels": ["team": "no spaces please"]], "spec.labels[team]"),
                ("unmounted", ["volumeMounts": [["name": "nowhere", "mountPath": "/x"]]], "spec.volumeMounts[0].name"),
            ]
            for (name, spec, _) in cases { try await world.make(name, spec) }
            for (name, _, field) in cases {
                let set = try await world.condition(name, "Ready", "False", reason: "InvalidSpec")
                #expect(set.condition("Ready")?["message"]?.stringValue?.contains(field) == true, "\(name)")
                let event = try await eventually("an event tells \(name)") {
                    try await world.events(of: name, reason: "InvalidSpec").first
                }
                #expect(event["note"]?.stringValue?.contains(field) == true)
                #expect(event["type"] == "Warning")
            }
            #expect(try await world.names(.statefulSets).isEmpty)
            #expect(try await world.list(.configMaps).filter { $0.labels["spice.ai/spicepod"] != nil }.isEmpty)

            try await world.change("reserved", spec: ["labels": .null])
            try await world.ready("reserved")
        }
    }

    /// A name longer than its children's may be works: their names are cut, and stay apart by a hash.
    @Test(arguments: ControlPlane.available) func longNames(_ kind: ControlPlane) async throws {
        try await World.with(kind, "long") { world in
            try await world.startController()
            let common = String(repeating: "long-name-", count: 12)
            let names = ["\(common)one", "\(common)two"]
            for name in names { try await world.make(name, ["replicas": 2]) }
            for name in names {
                let set = try await world.ready(name)
                let selector = set[path: "status", "selector"]?.stringValue
                let pods = try await world.client.list(
                    .pods, namespace: world.namespace, selector: Selector(labels: selector)
                ).items
                #expect(pods.count == 2)
            }
            #expect(try await world.names(.pods).count == 4)
            #expect(try await world.names(.services).filter { $0 != "kubernetes" }.count == 4)
            let workloads = try await world.names(.statefulSets)
            #expect(Set(workloads).count == 4)
            #expect(workloads.allSatisfy { $0.utf8.count <= 52 })
        }
    }

    /// Without the right to make a child, the set says which one and whom to grant it (only a real API server checks).
    @Test(.enabled(if: ControlPlane.assets != nil, "no real control plane")) func forbidden() async throws {
        try await World.with(.real, "forbidden") { world in
            let all: JSONValue = ["apiGroups": ["*"], "verbs": ["get", "list", "watch"], "resources": ["*"]]
            let some: JSONValue = [
                "apiGroups": ["*"], "verbs": ["*"],
                "resources": ["configmaps", "services", "events", "leases", "spicepodsets", "spicepodsets/status"],
            ]
            let file = "\(world.directory)/token"
            try await world.token(of: "limited", rules: [all, some]).write(toFile: file, atomically: true, encoding: .utf8)
            try await world.startController(kubeconfig: Kubeconfig.write(world.plane, tokenFile: file))
            try await world.make("denied")
            let set = try await world.condition("denied", "Ready", "False", reason: "Forbidden")
            let message = set.condition("Ready")?["message"]?.stringValue ?? ""
            #expect(message.contains("StatefulSet \(world.namespace)/denied-0"))
            #expect(message.contains("grant"))
            let event = try await eventually("an event tells it") {
                try await world.events(of: "denied", reason: "Forbidden").first
            }
            #expect(event["note"]?.stringValue?.contains("denied-0") == true)
        }
    }
}
