import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Manifests that people have from the pages work as they are.
struct PageTests {
    /// Every v2 manifest is admitted and becomes Ready.
    @Test(arguments: ControlPlane.available) func v2(_ kind: ControlPlane) async throws {
        try await World.with(kind, "pages-v2") { world in
            try await world.enableAdmission(by: try await world.startController())
            let sets = try await world.create(page: "v2")
            #expect(sets.count == 17)
            for set in sets { try await world.ready(set.name, within: .seconds(120)) }
        }
    }

    /// Every v1 manifest, whatever its dialect, is admitted, becomes Ready, and reads back as it was written: defaults may be
    /// added to it, nothing else.
    @Test(arguments: ControlPlane.available) func v1(_ kind: ControlPlane) async throws {
        try await World.with(kind, "pages-v1") { world in
            try await world.enableAdmission(by: try await world.startController())
            let sets = try await world.create(page: "v1")
            #expect(sets.count == 5)
            for set in sets {
                try await world.ready(set.name, within: .seconds(120))
                let stored = try await world.client.get(.spicepodSetsV1, world.key(set.name))
                #expect(stored["apiVersion"] == "spice.ai/v1")
                for (field, value) in set["spec"]?.objectValue ?? [:] {
                    #expect(stored[path: "spec", field] == value, "\(set.name) \(field)")
                }
            }
            let version = try await world.ready("earliest")[path: "status", "activeVersion"]?.stringValue ?? "none"
            let pod = try await world.list(.pods, of: "earliest").first
            #expect(pod?.labels["spice.ai/version"].map { version.hasPrefix($0) } == true)
        }
    }

    /// What v1 says means the same in v2; v1's defaults stay v1's.
    @Test(arguments: ControlPlane.available) func v1AsV2(_ kind: ControlPlane) async throws {
        try await World.with(kind, "pages-as-v2") { world in
            _ = try await world.create(page: "v1")
            let expected: [(set: String, path: [String], value: JSONValue)] = [
                ("earliest", ["image", "repository"], "ghcr.io/spiceai/spiceai"),
                ("earliest", ["image", "tag"], "1.11.0-models"),
                ("earliest", ["image", "pullSecret"], "my-pull-secret"),
                ("earliest", ["http", "port"], 8091),
                ("earliest", ["metrics", "port"], 9091),
                ("earliest", ["spicepod", "version"], "v1beta1"),
                ("earliest", ["updateStrategy", "maxUnavailable"], 1),
                ("earliest", ["serviceAccount", "create"], true),
                ("earliest", ["network", "dnsPolicy"], "ClusterFirst"),
                ("later", ["standbyVersion", "retentionPeriodSeconds"], 600),
                ("later", ["updateStrategy", "minReadyForCutover"], 1),
                ("later", ["service", "enabled"], true),
                ("bare", ["image", "repository"], "spiceai/spiceai"),
                ("bare", ["image", "tag"], "latest-models"),
                ("bare", ["updateStrategy", "type"], "RollingOrdered"),
                ("mixed", ["updateStrategy", "type"], "RollingOrdered"),
                ("mixed", ["service", "enabled"], false),
                ("mixed", ["image", "repository"], "spiceai/spiceai"),
            ]
            for (set, path, value) in expected {
                let spec = try await world.client.get(.spicepodSets, world.key(set))["spec"] ?? [:]
                #expect(path.reduce(spec) { $0[$1] ?? .null } == value, "\(set) \(path)")
            }
            let template = try await world.client.get(.spicepodSets, world.key("later"))[path: "spec", "volumeClaimTemplates"]?[0]
            #expect(template?[path: "spec", "storageClassName"] == "standard")
            #expect(template?[path: "spec", "resources", "requests"]?["storage"] == "10Gi")
        }
    }

    /// A field edited in v2 shows in v1, and all that v1 alone can say stays.
    @Test(arguments: ControlPlane.available) func editedInV2(_ kind: ControlPlane) async throws {
        try await World.with(kind, "pages-edited") { world in
            let sets = try await world.create(page: "v1")
            let written = try #require(sets.first { $0.name == "earliest" })
            try await world.change("earliest", spec: ["replicas": 5])
            var spec = try await world.client.get(.spicepodSetsV1, world.key("earliest"))["spec"]
            #expect(spec?["replicas"] == 5)
            spec?["replicas"] = written[path: "spec", "replicas"]
            for (field, value) in written["spec"]?.objectValue ?? [:] { #expect(spec?[field] == value, "\(field)") }
        }
    }

    /// A set that an earlier operator stored in v1 has no defaults of v2 when it is read; it works all the same, and `migrate` stores it anew.
    @Test(arguments: ControlPlane.available) func storedInV1(_ kind: ControlPlane) async throws {
        let start: () async throws -> RunningControlPlane = {
            let plane = kind == .real ? try await RunningControlPlane.startReal() : try await RunningControlPlane.startEmbedded()
            try await plane.installConversion()
            return plane
        }
        try await World.with(start, "stored-v1") { world in
            try await world.store("v1")
            _ = try await world.create(page: "v1")
            try await world.store("v2")
            try await world.startController()
            for set in ["upgraded", "bare", "mixed"] { try await world.ready(set) }
            let migration = try await Program.run(TestRun.operatorCLI, ["migrate", "--kubeconfig", world.plane.kubeconfig])
            #expect(migration.status == 0, "\(migration.errors)")
            let name = ObjectKey(name: "spicepodsets.spice.ai")
            let definition = try await world.client.get(.customResourceDefinitions, name)
            #expect(definition[path: "status", "storedVersions"] == ["v2"])
            let repeated = try await Program.run(TestRun.operatorCLI, ["migrate", "--kubeconfig", world.plane.kubeconfig])
            #expect(repeated.output.contains("everything is stored as v2"))
            // where it is addressed by URL an upgrade of the definitions leaves it there
            let again = try await Program.run(TestRun.operatorCLI, ["crd", "--apply", "--kubeconfig", world.plane.kubeconfig])
            #expect(again.status == 0, "\(again.errors)")
            #expect(try await world.client.get(.spicepodSetsV1, world.key("bare"))["apiVersion"] == "spice.ai/v1")
        }
    }

    /// kubectl says that v1 is deprecated and what to do about it.
    @Test(.enabled(if: Kubectl.path != nil, "no kubectl"), arguments: ControlPlane.available)
    func deprecationWarning(_ kind: ControlPlane) async throws {
        try await World.with(kind, "deprecated") { world in
            var manifest = try #require(try Pages.manifests("v1").first { $0.name == "bare" })
            manifest[path: "metadata", "namespace"] = .string(world.namespace)
            let result = try await world.tryKubectl("apply", "-f", "-", input: manifest)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("spice.ai/v1 SpicepodSet is deprecated"))
            #expect(result.errors.contains("spiceai-operator convert"))
        }
    }
}
