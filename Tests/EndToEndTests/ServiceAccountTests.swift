import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// A service does all its work with the permissions that the chart gives it, and reaches no Secret that it does not need.
struct ServiceAccountTests {
    /// The embedded one asks for no permission.
    private static let planes = ControlPlane.available.filter { $0 == .real }

    @Test(arguments: planes) func setControllerIsRefusedNothing(_ kind: ControlPlane) async throws {
        try await World.with(kind, "account") { world in
            let account = try await world.account(of: "set-controller")
            let start = try world.plane.audit.mark()
            try await world.startController(
                "a", ["--pause-crashlooping-pods-threshold", "2"], kubeconfig: account.kubeconfig)

            try await world.make("broken", ["annotations": ["hollow/fail": "crashloop"]])
            var spec = Self.everything
            try await world.make("full", spec)
            try await world.ready("full", within: .seconds(120))
            let claims = try await world.names(.persistentVolumeClaims, of: "full")
            spec["image"] = ["tag": "2"]
            try await world.change("full", spec: .object(spec))
            try await world.ready("full", within: .seconds(120))
            // the volumes of the version before go with it, after its connections are drained
            try await eventually("the first version's volumes are gone", within: .seconds(120)) {
                try await Set(world.names(.persistentVolumeClaims, of: "full")).isDisjoint(with: claims)
            }
            try await world.change("full", spec: ["replicas": 1, "serviceAccount": .null, "network": .null])
            try await world.ready("full", within: .seconds(120))

            try await world.condition("broken", "Paused", "True", reason: "CrashLooping", within: .seconds(180))

            let refused = try world.requests(since: start).filter { $0.code == 403 }
            #expect(refused.isEmpty, "\(refused)")
        }
    }

    /// Of another service's certificate, of a cluster's key in the operator's namespace, and of what pods use.
    @Test(arguments: planes, ["set-controller", "cluster-controller"])
    func secretsOfOthersAreOutOfReach(_ kind: ControlPlane, service: String) async throws {
        try await World.with(kind, "secrets") { world in
            let account = try await world.account(of: service)
            let own = "\(service)-webhook-tls"
            for name in [own, "default.c-ca", "c-scheduler-0-mtls", "cert-manager-webhook-tls"] {
                let secret = Self.secret(name, in: world.namespace)
                _ = try await world.client.apply(.secrets, world.key(name), secret, force: true)
                if name != own { #expect(await Self.refusal { _ = try await account.client.get(.secrets, world.key(name)) }) }
                #expect(await Self.refusal { _ = try await account.client.apply(.secrets, world.key(name), secret, force: true) })
                #expect(await Self.refusal { _ = try await account.client.delete(.secrets, world.key(name)) })
            }
            _ = try await account.client.get(.secrets, world.key(own))
            #expect(await Self.refusal { _ = try await account.client.list(.secrets, namespace: world.namespace) })
            #expect(await Self.refusal { _ = try await account.client.list(.secrets, namespace: nil) })
            #expect(await Self.refusal { _ = try await account.client.create(.secrets, Self.secret("new", in: world.namespace)) })
        }
    }

    private static func refusal(_ request: () async throws -> Void) async -> Bool {
        do {
            try await request()
            return false
        } catch {
            return (error as? APIError)?.code == .forbidden
        }
    }

    private static func secret(_ name: String, in namespace: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "data": ["tls.key": "bm90aGluZw=="],
        ]
    }

    /// A child of every kind, in a layout whose volumes come and go.
    private static let everything: [String: JSONValue] = [
        "replicas": 2, "updateStrategy": ["type": "BlueGreen"],
        "spicepod": [
            "version": "v1", "kind": "Spicepod", "name": "full", "secrets": [["from": "kubernetes:store", "name": "store"]],
        ],
        "serviceAccount": ["enabled": true, "create": true],
        "network": ["ingress": [[:]], "egress": [[:]]],
        "volumeClaimTemplates": [["spec": ["resources": ["requests": ["storage": "1Gi"]]]]],
    ]
}
