import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Mistakes are caught when they are written: all of them at once, with the field and the remedy.
struct AdmissionTests {
    private let bad: [String: JSONValue] = [
        "labels": ["spice.ai/app": "mine"],
        "volumeMounts": [["name": "nowhere", "mountPath": "/x"]],
        "spicepod": [
            "version": "v2", "kind": "Spicepod", "name": "bad",
            "datasets": [["from": "s3://x/", "name": "a", "acceleration": ["refresh_mode": "ful"]]],
        ],
    ]
    private let fields = [
        "spec.labels[spice.ai/app]: ", "spec.volumeMounts[0].name: ",
        #"spec.spicepod.datasets[0].acceleration.refresh_mode: "ful" is not one of full, append, changes, caching"#,
    ]

    /// Refused by default; nothing is stored.
    @Test(arguments: ControlPlane.available) func refused(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission") { world in
            try await world.enableAdmission(by: try await world.startController())
            let error = await #expect(throws: APIError.self) { try await world.make("bad", bad) }
            for field in fields { #expect(error?.message.contains(field) == true, "\(field): \(error?.message ?? "")") }
            #expect(try await world.names(.spicepodSets).isEmpty)

            try await world.make("good")
            let change = await #expect(throws: APIError.self) {
                try await world.change("good", spec: ["replicas": 1, "image": ["repository": "https://ghcr.io/spiceai/spiceai"]])
            }
            #expect(change?.message.contains("spec.image.repository: ") == true)
            try await world.change("good", spec: ["replicas": 0])
        }
    }

    /// A v1 manifest is judged by what it means, its Spicepod read from the string.
    @Test(arguments: ControlPlane.available) func v1(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission-v1") { world in
            try await world.enableAdmission(by: try await world.startController())
            var manifest = world.manifest("old", ["spicepod": "version: v9\nkind: Spicepod\nname: old\n"])
            manifest["apiVersion"] = "spice.ai/v1"
            let error = await #expect(throws: APIError.self) {
                _ = try await world.client.create(.spicepodSetsV1, manifest)
            }
            #expect(error?.message.contains("spec.spicepod.version: ") == true, "\(error?.message ?? "")")
            manifest[path: "spec", "spicepod"] = "version: [v1\n"
            let broken = await #expect(throws: APIError.self) {
                _ = try await world.client.create(.spicepodSetsV1, manifest)
            }
            #expect(broken?.message.contains("spec.spicepod: ") == true, "\(broken?.message ?? "")")
        }
    }

    /// The annotation makes warnings of errors, which kubectl prints.
    @Test(.enabled(if: Kubectl.path != nil, "no kubectl"), arguments: ControlPlane.available)
    func warned(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission-warn") { world in
            try await world.enableAdmission(by: try await world.startController())
            var manifest = world.manifest("bad", bad)
            manifest[path: "metadata", "annotations"] = ["spice.ai/validation-level": "warn"]
            let result = try await world.tryKubectl("apply", "-f", "-", input: manifest)
            #expect(result.status == 0, "\(result.errors)")
            for field in fields { #expect(result.errors.contains(field), "\(field): \(result.errors)") }
            #expect(try await world.names(.spicepodSets) == ["bad"])
        }
    }

    /// A class that is not there holds a new set up, whoever tells; once it is made the set goes on.
    @Test(arguments: ControlPlane.available) func missingStorageClass(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission-class") { world in
            // so that there is one at all: none may mean that none can be seen
            _ = try await world.create(page: "v1")
            try await world.startController()
            let storageClass = "late-\(world.namespace)"
            let claims: JSONValue = [
                ["spec": ["storageClassName": .string(storageClass), "resources": ["requests": ["storage": "1Gi"]]]]
            ]
            try await world.make("waiting", ["volumeClaimTemplates": claims])
            let set = try await world.condition("waiting", "Ready", "False", reason: "InvalidSpec")
            let message = set.condition("Ready")?["message"]?.stringValue ?? ""
            #expect(message.contains("spec.volumeClaimTemplates[0].spec.storageClassName: no StorageClass is named"))
            #expect(try await world.names(.persistentVolumeClaims, of: "waiting").isEmpty)
            _ = try await world.client.create(
                .storageClasses,
                [
                    "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": .string(storageClass)],
                    "provisioner": "local/simulated",
                ])
            try await world.ready("waiting")
            _ = try? await world.client.delete(.storageClasses, ObjectKey(name: storageClass))
        }
    }

    /// v1 may say what v2 has no word for.
    @Test(.enabled(if: Kubectl.path != nil, "no kubectl"), arguments: ControlPlane.available)
    func removedStrategyInV1(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission-parallel") { world in
            try await world.enableAdmission(by: try await world.startController())
            var manifest = world.manifest(
                "old", ["update_strategy": ["type": "Parallel"], "labels": ["spice.ai/app": "mine", "team": "a"]])
            manifest["apiVersion"] = "spice.ai/v1"
            let result = try await world.tryKubectl("apply", "-f", "-", input: manifest)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("spec.update_strategy.type: Parallel has been removed"))
            // v1 strips what is the operator's, and shows it as it was written
            #expect(try await world.client.get(.spicepodSets, world.key("old"))[path: "spec", "labels"] == ["team": "a"])
            let shown = try await world.client.get(.spicepodSetsV1, world.key("old"))[path: "spec", "labels"]
            #expect(shown == ["spice.ai/app": "mine", "team": "a"])
        }
    }

    /// An account that may still be made is no mistake, but worth a word.
    @Test(.enabled(if: Kubectl.path != nil, "no kubectl"), arguments: ControlPlane.available)
    func missingServiceAccount(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission-account") { world in
            try await world.enableAdmission(by: try await world.startController())
            let manifest = world.manifest("alone", ["serviceAccount": ["enabled": true, "name": "missing"]])
            let result = try await world.tryKubectl("apply", "-f", "-", input: manifest)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("no ServiceAccount \"missing\" is in namespace \(world.namespace)"))
            let present = world.manifest("together", ["serviceAccount": ["enabled": true, "name": "default"]])
            let silent = try await world.tryKubectl("apply", "-f", "-", input: present)
            #expect(silent.status == 0 && !silent.errors.contains("no ServiceAccount"))
        }
    }

    /// With the webhook gone the set says the same, and nothing is made of it.
    @Test(arguments: ControlPlane.available) func toldOnTheSet(_ kind: ControlPlane) async throws {
        try await World.with(kind, "admission-gone") { world in
            try await world.startController()
            try await world.make("bad", bad)
            let set = try await world.condition("bad", "Ready", "False", reason: "InvalidSpec")
            let message = set.condition("Ready")?["message"]?.stringValue ?? ""
            for field in fields { #expect(message.contains(field), "\(field): \(message)") }
            #expect(try await world.names(.statefulSets).isEmpty)
        }
    }
}
