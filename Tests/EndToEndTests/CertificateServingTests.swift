import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Webhooks get their certificates, and the API server's trust in them, in whatever order everything starts: without a Secret, a
/// `caBundle` or a CRD to begin with, and after all services were killed at once. On the real control plane each service has no more
/// than its own permissions.
struct CertificateServingTests {
    @Test(arguments: ControlPlane.available) func anyOrder(_ kind: ControlPlane) async throws {
        try await World.with({ try await CertificatePlanes.start(kind) }, "serving") { world in
            var kubeconfigs: [TestedService: String] = [:]
            if kind == .real {
                for service in TestedService.allCases {
                    kubeconfigs[service] = try await world.account(of: service.rawValue).kubeconfig
                }
            }
            for service in TestedService.webhooks { _ = try await world.client.delete(.secrets, world.key(service.servingSecret)) }
            for name in Self.definitions { _ = try await world.client.delete(.customResourceDefinitions, ObjectKey(name: name)) }
            let start = try world.plane.audit.mark()
            let certManager = try await world.startController(
                of: .certManager, kubeconfig: kubeconfigs[.certManager], awaitsReady: false)
            var webhooks: [Controller] = []
            for service in TestedService.webhooks {
                webhooks.append(
                    try await world.startController(of: service, kubeconfig: kubeconfigs[service], awaitsReady: false))
            }
            let applied = try await Program.run(TestRun.operatorCLI, ["crd", "--apply", "--kubeconfig", world.plane.kubeconfig])
            #expect(applied.status == 0, "\(applied.errors)")
            for controller in webhooks { try await world.call(controller) }
            for controller in [certManager] + webhooks { try await controller.awaitReady() }
            try await world.webhooksAnswer("first")

            for controller in [certManager] + webhooks { controller.program.signal(SIGKILL) }
            for controller in [certManager] + webhooks { _ = try await controller.program.exited() }
            for name in TestedService.webhooks.map(\.servingSecret) + ["spiceai-operator-webhook-ca"] {
                _ = try await world.client.delete(.secrets, world.key(name))
            }
            webhooks = []
            for service in TestedService.webhooks {
                let controller = try await world.startController(of: service, kubeconfig: kubeconfigs[service], awaitsReady: false)
                try await world.call(controller)
                webhooks.append(controller)
            }
            webhooks.append(
                try await world.startController(of: .certManager, kubeconfig: kubeconfigs[.certManager], awaitsReady: false))
            for controller in webhooks { try await controller.awaitReady() }
            try await world.webhooksAnswer("second")

            guard kind == .real else { return }
            try await world.makeSecureCluster("c", executors: 1)
            try await world.readySecureCluster("c")
            try await world.requestKeyReplacement("c", "1")
            try await eventually("the key is replaced") {
                try await world.authority(of: "c").annotation(AnnotationKey.rotateCA) == "1"
            }
            _ = try await world.client.delete(.spicepodClusters, world.key("c"))
            try await eventually("its root CA goes with it") {
                try await world.uid(.secrets, ClusterNames(cluster: "c").authoritySecret(namespace: world.namespace)) == nil
            }
            let requests = try world.plane.audit.serviceRequests(since: start)
            #expect(Set(requests.compactMap(\.service)) == Set(TestedService.allCases))
            let refused = requests.filter { $0[path: "responseStatus", "code"] == 403 }
            #expect(refused.isEmpty, "\(refused.map(\.text))")
            let reading = requests.filter { $0[path: "objectRef", "resource"] == "secrets" && !$0.isByOwnRight }
            #expect(reading.isEmpty, "\(reading.map(\.text))")
        }
    }

    private static let definitions = ["spicepodsets.spice.ai", "spicepodclusters.spice.ai"]
}

extension TestedService {
    fileprivate static let webhooks: [TestedService] = [.setController, .clusterController]
}

extension World {
    /// As the chart has the API server call a service, without a `caBundle`.
    fileprivate func call(_ controller: Controller) async throws {
        let (service, judged) = (controller.service, controller.service.judged)
        let configuration: JSONValue = [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": [
                "name": .string("spice-\(service.rawValue)"),
                "labels": ["spice.ai/serving-certificate": .string(service.servingSecret)],
            ],
            "webhooks": [
                [
                    "name": .string("\(judged.plural).spice.ai"), "admissionReviewVersions": ["v1"], "sideEffects": "None",
                    "rules": [
                        [
                            "apiGroups": ["spice.ai"], "apiVersions": ["*"], "operations": ["CREATE", "UPDATE"],
                            "resources": [.string(judged.plural)],
                        ]
                    ],
                    "clientConfig": ["url": .string("https://\(controller.webhookAddress)/validate")],
                ]
            ],
        ]
        _ = try await client.apply(
            .validatingWebhookConfigurations, ObjectKey(name: "spice-\(service.rawValue)"), configuration, force: true)
        try await plane.convert(by: controller)
    }

    /// The validating and the converting one of both kinds: what is refused is refused by a rule, and what is taken can be read in
    /// the version before.
    fileprivate func webhooksAnswer(_ name: String) async throws {
        let cluster = ResourceType(group: "spice.ai", version: "v1alpha1", plural: "spicepodclusters", kind: "SpicepodCluster")
        try await eventually("a set is taken") { try await isTaken { try await make(name, ["replicas": 0]) } }
        try await eventually("a cluster is taken") {
            try await isTaken { try await makeSecureCluster("\(name)-c", schedulers: 0, executors: 0) }
        }
        try await eventually("both are converted") {
            try await isTaken {
                _ = try await client.get(.spicepodSetsV1, key(name))
                _ = try await client.get(cluster, key("\(name)-c"))
            }
        }
        let refusal = await #expect(throws: APIError.self) {
            try await make("\(name)-bad", ["image": ["repository": "https://ghcr.io/spiceai/spiceai"]])
        }
        #expect(refusal?.message.contains("spec.image.repository") == true, "\(refusal?.message ?? "")")
        for resource: ResourceType in [.spicepodClusters] { _ = try await client.delete(resource, key("\(name)-c")) }
    }

    /// Not while a webhook cannot be called yet.
    private func isTaken(_ request: () async throws -> Void) async throws -> Bool {
        do {
            try await request()
            return true
        } catch let error as APIError where error.message.contains("webhook") {
            return false
        } catch let error as APIError where error.code == .alreadyExists {
            return true
        }
    }
}

extension AuditLog {
    /// Of every service of the suite, whatever namespace they are about.
    fileprivate func serviceRequests(since mark: Mark) throws -> [JSONValue] {
        try lines(since: mark).filter {
            $0["stage"] == "ResponseComplete" && $0["userAgent"]?.stringValue?.hasPrefix("spiceai-operator/") == true
        }
    }
}

extension JSONValue {
    /// Whose request it is.
    fileprivate var service: TestedService? {
        let agent = self["userAgent"]?.stringValue ?? ""
        return TestedService.allCases.first { agent.hasPrefix("spiceai-operator/\($0.rawValue)/") }
    }

    /// A request for a Secret that the service cannot do without: its own serving certificate, or what cert-manager makes.
    fileprivate var isByOwnRight: Bool {
        let name = self[path: "objectRef", "name"]?.stringValue ?? ""
        let uri = self["requestURI"]?.stringValue ?? ""
        guard service == .certManager else {
            return name == service?.servingSecret && ["get", "list", "watch"].contains(self["verb"]?.stringValue ?? "")
        }
        return uri.contains("labelSelector=spice.ai") || name.hasSuffix("-mtls") || name.hasSuffix("-ca")
            || name.hasSuffix("-webhook-tls")
    }
}
