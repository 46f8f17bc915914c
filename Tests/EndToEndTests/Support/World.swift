import Foundation
import Glibc
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Synchronization
import Testing

/// A namespace of its own on a control plane, and the controllers that a test starts for it.
final class World: Sendable {
    let plane: RunningControlPlane
    let namespace: String
    let directory: String
    private let controllers = Mutex<[Controller]>([])
    /// What belongs to no namespace.
    private let leftovers = Mutex<[(ResourceType, ObjectKey)]>([])

    var client: KubernetesClient { plane.client }

    private init(_ plane: RunningControlPlane, _ name: String) throws {
        self.plane = plane
        namespace = "\(name)-\(UUID().uuidString.prefix(6).lowercased())"
        directory = try TestRun.makeDirectory("\(plane.kind)-\(name)")
    }

    static func with(
        _ kind: ControlPlane, _ name: String, labels: [String: String] = [:], _ body: (World) async throws -> Void
    ) async throws {
        try await with({ try await kind.shared }, name, labels: labels, body)
    }

    /// Stops the controllers and deletes the namespace afterwards. A failure comes with the controllers' last words.
    static func with(
        _ plane: () async throws -> RunningControlPlane, _ name: String, labels: [String: String] = [:],
        _ body: (World) async throws -> Void
    ) async throws {
        await Slots.shared.take()
        do {
            let world = try World(try await plane(), name)
            try await world.makeNamespace(labels)
            do {
                try await body(world)
            } catch {
                Issue.record("\(world.lastWords)")
                await world.close()
                throw error
            }
            await world.close()
        } catch {
            await Slots.shared.give()
            throw error
        }
        await Slots.shared.give()
    }

    private func makeNamespace(_ labels: [String: String]) async throws {
        let labels = JSONValue.object(labels.mapValues { .string($0) })
        _ = try await client.create(
            .namespaces,
            ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace), "labels": labels]])
        for service: TestedService in [.setController, .clusterController] {
            _ = try await client.create(.secrets, plane.certificate.secret(of: service, in: namespace))
        }
        guard plane.kind == .real else { return }
        try await eventually("the namespace has its ServiceAccount") {
            _ = try await client.get(.serviceAccounts, key("default"))
            return true
        }
    }

    private func close() async {
        let running = controllers.withLock { $0 }
        for controller in running { controller.program.signal(SIGTERM) }
        for controller in running {
            do {
                _ = try await controller.program.exited()
            } catch {
                Issue.record("\(error)")
                controller.program.signal(SIGKILL)
            }
        }
        _ = try? await client.delete(.namespaces, ObjectKey(name: namespace))
        for (resource, key) in leftovers.withLock({ $0 }) { _ = try? await client.delete(resource, key) }
    }

    func removeAtEnd(_ resource: ResourceType, _ key: ObjectKey) {
        leftovers.withLock { $0.append((resource, key)) }
    }

    /// Has a controller judge what is written in this namespace, as the chart's configuration would.
    func enableAdmission(by controller: Controller) async throws {
        let (service, judged) = (controller.service, controller.service.judged)
        let name = "\(namespace)-\(service.rawValue)"
        removeAtEnd(.validatingWebhookConfigurations, ObjectKey(name: name))
        _ = try await client.create(
            .validatingWebhookConfigurations,
            [
                "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
                "metadata": [
                    "name": .string(name), "labels": ["spice.ai/serving-certificate": .string(service.servingSecret)],
                ],
                "webhooks": [
                    [
                        "name": .string("\(judged.plural).spice.ai"), "admissionReviewVersions": ["v1"], "sideEffects": "None",
                        "failurePolicy": "Fail", "matchPolicy": "Equivalent", "timeoutSeconds": 10,
                        "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": .string(namespace)]],
                        "rules": [
                            [
                                "apiGroups": ["spice.ai"], "apiVersions": ["*"], "operations": ["CREATE", "UPDATE"],
                                "resources": [.string(judged.plural)], "scope": "Namespaced",
                            ]
                        ],
                        "clientConfig": [
                            "url": .string("https://\(controller.webhookAddress)/validate"), "caBundle": plane.certificate.caBundle,
                        ],
                    ]
                ],
            ])
        try await controller.awaitReady()
    }

    private var lastWords: String {
        controllers.withLock { $0 }.map { "--- \($0.service.rawValue) \($0.identity)\n\($0.program.logText.suffix(4000))" }.joined(
            separator: "\n")
    }

    // MARK: Controllers

    /// Those that were started.
    var services: [Controller] { controllers.withLock { $0 } }

    /// Starts a service for this namespace alone and waits until it is ready.
    @discardableResult
    func startController(
        _ identity: String = "a", _ arguments: [String] = [], of service: TestedService = .setController,
        kubeconfig: String? = nil, awaitsReady: Bool = true
    ) async throws -> Controller {
        let controller = try await Controller.start(
            service, identity, namespace: namespace, kubeconfig: kubeconfig ?? plane.kubeconfig, arguments: arguments)
        controllers.withLock { $0.append(controller) }
        if awaitsReady { try await controller.awaitReady() }
        return controller
    }

    /// What the services asked the API for in this namespace.
    func requests(since mark: AuditLog.Mark) throws -> [AuditLog.Entry] {
        try plane.audit.entries(since: mark, agent: "spiceai-operator/", namespace: namespace)
    }

    func writes(since mark: AuditLog.Mark) throws -> [AuditLog.Entry] {
        try requests(since: mark).filter { $0.isWrite && !$0.isLease }
    }

    // MARK: Objects

    func key(_ name: String) -> ObjectKey { ObjectKey(namespace: namespace, name: name) }

    /// A set with a Spicepod of its own name; `spec` is added.
    func manifest(_ name: String, _ spec: [String: JSONValue] = [:]) -> JSONValue {
        let spicepod: JSONValue = ["version": "v1", "kind": "Spicepod", "name": .string(name)]
        return [
            "apiVersion": "spice.ai/v2", "kind": "SpicepodSet",
            "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "spec": .object(["spicepod": spicepod].merging(spec) { $1 }),
        ]
    }

    func make(_ name: String, _ spec: [String: JSONValue] = [:]) async throws {
        _ = try await client.create(.spicepodSets, manifest(name, spec))
    }

    func change(_ name: String, spec: JSONValue) async throws {
        _ = try await client.patch(.spicepodSets, key(name), .merge(["spec": spec]))
    }

    /// Has the controller look at a set again.
    func touch(_ name: String) async throws {
        let label: JSONValue = .string(UUID().uuidString)
        _ = try await client.patch(.spicepodSets, key(name), .merge(["metadata": ["labels": ["touched": label]]]))
    }

    /// The set once it is Ready as it is wanted now.
    @discardableResult
    func ready(_ name: String, _ resource: ResourceType = .spicepodSets, within limit: Duration = .seconds(60)) async throws
        -> JSONValue
    {
        try await condition(name, "Ready", "True", of: resource, within: limit)
    }

    @discardableResult
    func condition(
        _ name: String, _ type: String, _ status: String, reason: String? = nil, of resource: ResourceType = .spicepodSets,
        within limit: Duration = .seconds(60)
    ) async throws -> JSONValue {
        var last: JSONValue?
        do {
            return try await eventually("\(name) is \(type)=\(status) \(reason ?? "")", within: limit) {
                let set = try await client.get(resource, key(name))
                last = set["status"]
                let condition = set.condition(type)
                let isCurrent = condition?["observedGeneration"] == set[path: "metadata", "generation"]
                return isCurrent && condition?["status"]?.stringValue == status
                    && (reason == nil || condition?["reason"]?.stringValue == reason) ? set : nil
            }
        } catch let error as TimedOut {
            throw TimedOut(description: "\(error); status: \(last?.text ?? "none")")
        }
    }

    func list(_ resource: ResourceType, of set: String? = nil) async throws -> [JSONValue] {
        let selector = Selector(labels: set.map { "spice.ai/spicepod=\($0)" })
        return try await client.list(resource, namespace: namespace, selector: selector).items.sorted { $0.name < $1.name }
    }

    /// nil where there is none.
    func uid(_ resource: ResourceType, _ name: String) async throws -> String? {
        do {
            return try await client.get(resource, key(name)).uid
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    func names(_ resource: ResourceType, of set: String? = nil) async throws -> [String] {
        try await list(resource, of: set).map(\.name)
    }

    func events(of set: String, reason: String) async throws -> [JSONValue] {
        try await list(.events).filter { $0[path: "regarding", "name"]?.stringValue == set && $0["reason"]?.stringValue == reason }
    }
}

extension JSONValue {
    var name: String { self[path: "metadata", "name"]?.stringValue ?? "" }
    var uid: String { self[path: "metadata", "uid"]?.stringValue ?? "" }
    var labels: [String: String] { self[path: "metadata", "labels"]?.objectValue?.compactMapValues(\.stringValue) ?? [:] }

    func condition(_ type: String) -> JSONValue? {
        self[path: "status", "conditions"]?.arrayValue?.first { $0["type"]?.stringValue == type }
    }

    var isBeingDeleted: Bool { self[path: "metadata", "deletionTimestamp"] != nil }
    var isReady: Bool { condition("Ready")?["status"] == "True" && !isBeingDeleted }
}
