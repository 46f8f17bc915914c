import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// The smallest example becomes the children that the documentation names: names, labels, ports, owner.
struct ChildrenTests {
    @Test(arguments: ControlPlane.available) func minimalExample(_ kind: ControlPlane) async throws {
        try await World.with(kind, "children") { world in
            try await world.startController()
            _ = try await world.client.create(.spicepodSets, Examples.manifest("minimal", in: world))
            let set = try await world.ready("minimal")
            let status = set["status"]
            #expect(status?["replicas"] == "1/1")
            #expect(status?["totalReplicas"] == 1)
            #expect(status?["selector"] == "spice.ai/spicepod=minimal")
            #expect(set.condition("Paused")?["status"] == "False")
            let version = try #require(status?["activeVersion"]?.stringValue)
            let short = String(version.prefix(8))

            let services = try await world.list(.services, of: "minimal")
            #expect(services.map(\.name) == ["minimal", "minimal-headless"])
            let ports = services[0][path: "spec", "ports"]?.arrayValue ?? []
            #expect(
                ports.map { [$0["name"], $0["port"], $0["targetPort"]] } == [
                    ["http", 8080, "http"], ["http-spiced", 8090, "http"], ["flight", 50051, "flight"],
                    ["metrics", 9090, "metrics"],
                ])
            #expect(services[1][path: "spec", "clusterIP"] == "None")

            let configuration = try await world.list(.configMaps, of: "minimal")
            #expect(configuration.map(\.name) == ["minimal-\(short)"])
            #expect(configuration[0]["immutable"] == true)
            #expect(configuration[0]["data"]?["spicepod.yaml"]?.stringValue?.contains("name: minimal") == true)

            let workloads = try await world.list(.statefulSets, of: "minimal")
            #expect(workloads.map(\.name) == ["minimal-0"])
            #expect(workloads[0][path: "spec", "replicas"] == 1)
            #expect(workloads[0][path: "spec", "updateStrategy", "type"] == "OnDelete")
            #expect(workloads[0][path: "spec", "podManagementPolicy"] == "Parallel")

            let pods = try await world.list(.pods, of: "minimal")
            #expect(pods.map(\.name) == ["minimal-0-0"])
            #expect(pods[0].labels["spice.ai/app"] == "minimal")
            #expect(version.hasPrefix(try #require(pods[0].labels["spice.ai/version"])))
            let container = try #require(pods[0][path: "spec", "containers"]?[0])
            #expect(container["name"] == "spiced")
            #expect(container[path: "livenessProbe", "httpGet", "path"] == "/health")
            #expect(container[path: "readinessProbe", "httpGet", "path"] == "/v1/ready")

            for (objects, component) in [(services, "network"), (configuration, "configuration"), (workloads, "runtime")] {
                for object in objects {
                    #expect(object.labels["spice.ai/component"] == component)
                    #expect(object.labels["app.kubernetes.io/instance"] == "minimal")
                    #expect(object.labels["app.kubernetes.io/managed-by"] == "spiceai-operator")
                    #expect(object[path: "metadata", "ownerReferences"]?[0]?["uid"]?.stringValue == set.uid)
                    #expect(object[path: "metadata", "ownerReferences"]?[0]?["controller"] == true)
                }
            }
            // what was not asked for is not there
            #expect(try await world.names(.roles).isEmpty)
            #expect(try await world.names(.networkPolicies).isEmpty)
            #expect(try await world.names(.podDisruptionBudgets).isEmpty)
        }
    }

    /// The example with everything gets the optional children too: identity with the one Secret, and a disruption budget.
    @Test(arguments: ControlPlane.available) func optionalChildren(_ kind: ControlPlane) async throws {
        try await World.with(kind, "optional") { world in
            try await world.startController()
            var manifest = try Examples.manifest("persistent", in: world)
            manifest[path: "spec", "replicas"] = 2
            manifest[path: "spec", "network"] = ["ingress": [["ports": [["port": 8090]]]]]
            _ = try await world.client.create(.spicepodSets, manifest)
            try await world.ready("persistent")

            #expect(try await world.names(.serviceAccounts, of: "persistent") == ["persistent"])
            #expect(try await world.names(.roleBindings, of: "persistent") == ["persistent"])
            #expect(try await world.names(.podDisruptionBudgets, of: "persistent") == ["persistent"])
            #expect(try await world.names(.networkPolicies, of: "persistent") == ["persistent"])
            let role = try await world.client.get(.roles, world.key("persistent"))
            #expect(role["rules"]?[0]?["resourceNames"] == ["warehouse-credentials"])
            let pod = try await world.client.get(.pods, world.key("persistent-0-0"))
            #expect(pod[path: "spec", "serviceAccountName"] == "persistent")

            // and loses them when they are no longer wanted
            let none: JSONValue = [
                "podDisruptionBudget": ["enabled": false], "network": ["ingress": .null], "serviceAccount": ["enabled": false],
            ]
            try await world.change("persistent", spec: none)
            try await world.ready("persistent")
            let account = try await world.client.get(.pods, world.key("persistent-0-0"))[path: "spec", "serviceAccountName"]
            #expect(account == "default")
            for resource: ResourceType in [.serviceAccounts, .roles, .roleBindings, .podDisruptionBudgets, .networkPolicies] {
                try await eventually("no \(resource.plural) are left") { try await world.names(resource, of: "persistent").isEmpty }
            }
        }
    }
}
