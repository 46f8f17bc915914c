import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// The spec of a retained version brings it back at once: the Service moves, and no pod restarts.
struct RollbackTests {
    static let blueGreen: [String: JSONValue] = [
        "replicas": 3, "updateStrategy": ["type": "BlueGreen"], "standbyVersion": ["enabled": true, "retentionPeriodSeconds": 600],
    ]

    @Test(arguments: ControlPlane.available) func swapsBackAndForth(_ kind: ControlPlane) async throws {
        try await World.with(kind, "rollback") { world in
            try await world.startController()
            try await world.make("swap", Self.blueGreen)
            let first = try await world.ready("swap")
            try await world.change("swap", spec: ["env": [["name": "NEW", "value": "yes"]]])
            let second = try await world.ready("swap")
            #expect(second[path: "status", "standbyVersion"] == first[path: "status", "activeVersion"])
            #expect(second[path: "status", "standbyExpiresAt"]?.stringValue.flatMap { Timestamp($0) } != nil)
            let pods = try await world.list(.pods, of: "swap").map(\.uid).sorted()
            #expect(pods.count == 6)

            for wanted in [first, second, first] {
                let version = try #require(wanted[path: "status", "activeVersion"]?.stringValue)
                try await world.change("swap", spec: ["env": wanted[path: "spec", "env"] ?? .null])
                try await eventually("the Service selects \(version.prefix(8))") {
                    let service = try await world.client.get(.services, world.key("swap"))
                    return service[path: "spec", "selector"]?[LabelKey.version]?.stringValue.map { version.hasPrefix($0) } == true
                }
                let now = try await world.ready("swap")
                #expect(now[path: "status", "activeVersion"]?.stringValue == version)
                #expect(try await world.list(.pods, of: "swap").map(\.uid).sorted() == pods)
            }
        }
    }

    /// `spice.ai/rollback: "true"` does it without a change of the spec, and holds until the spec changes.
    @Test(arguments: ControlPlane.available) func byAnnotation(_ kind: ControlPlane) async throws {
        try await World.with(kind, "annotated") { world in
            try await world.startController()
            try await world.make("held", Self.blueGreen)
            let first = try await world.ready("held")[path: "status", "activeVersion"]
            try await world.change("held", spec: ["env": [["name": "BAD", "value": "yes"]]])
            let second = try await world.ready("held")[path: "status", "activeVersion"]
            #expect(first != second)

            _ = try await world.client.patch(
                .spicepodSets, world.key("held"), .merge(["metadata": ["annotations": ["spice.ai/rollback": "true"]]]))
            try await eventually("the first version receives traffic again") {
                try await world.client.get(.spicepodSets, world.key("held"))[path: "status", "activeVersion"] == first
            }
            // a change that makes no version undoes nothing
            try await world.change("held", spec: ["standbyVersion": ["retentionPeriodSeconds": 601]])
            #expect(try await world.ready("held")[path: "status", "activeVersion"] == first)
            // one that does is rolled out, and the annotation that still stands does not take it back
            try await world.change("held", spec: ["env": [["name": "GOOD", "value": "yes"]]])
            let third = try await world.ready("held")[path: "status", "activeVersion"]
            #expect(third != first && third != second)
            try await world.touch("held")
            #expect(try await world.ready("held")[path: "status", "activeVersion"] == third)
        }
    }
}
