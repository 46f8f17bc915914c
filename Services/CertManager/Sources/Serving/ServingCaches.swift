package import ControllerRuntime
import JSON
package import KubernetesClient
package import KubernetesModel

/// What serving certificates depend on: what asks for them by its label, and our own Secrets in the operator's namespace.
package final class ServingCaches: Sendable {
    package let objects: [Informer<WebhookObject>]
    package let authorities: Informer<CachedAuthority>
    package let leaves: Informer<CachedLeaf>
    private let namespace: String

    static let kinds: [ResourceType] = [
        .validatingWebhookConfigurations, .mutatingWebhookConfigurations, .customResourceDefinitions,
    ]

    package init(client: KubernetesClient, operatorNamespace: String, observer: (any ReflectorObserver)?) {
        namespace = operatorNamespace
        objects = Self.kinds.map {
            Informer(client: client, resource: $0, labels: SecretKind.servingLabel, observer: observer)
        }
        func secrets<Object: CachedObject>(_ kind: SecretKind) -> Informer<Object> {
            Informer(
                client: client, resource: .secrets, scope: .only([operatorNamespace]), labels: kind.selector, observer: observer)
        }
        authorities = secrets(.webhookAuthority)
        leaves = secrets(.serving)
    }

    package var informers: [any WatchFed] { objects + [authorities, leaves] }

    var hasSynced: Bool { objects.allSatisfy(\.hasSynced) && authorities.hasSynced && leaves.hasSynced }

    /// Lists and watches until the task is cancelled.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for informer in objects { group.addTask { try await informer.run() } }
            group.addTask { try await self.authorities.run() }
            group.addTask { try await self.leaves.run() }
            try await group.waitForAll()
        }
    }

    /// Calls `enqueue` with the Secret that a change concerns.
    package func onChange(_ enqueue: @escaping @Sendable (ObjectKey) -> Void) {
        for informer in objects {
            informer.onChange { [weak self] old, new in
                guard let self else { return }
                for name in Set([old, new].compactMap { $0?.secret }) where !name.isEmpty { enqueue(self.key(name)) }
                enqueue(self.authorityKey)
            }
        }
        leaves.onChange { old, new in (new ?? old).map { enqueue($0.identity.key) } }
        authorities.onChange { [weak self] _, _ in
            guard let self else { return }
            for key in self.keys { enqueue(key) }
        }
    }

    // MARK: Views

    package static let authorityName = "spiceai-operator-webhook-ca"

    package var authorityKey: ObjectKey { key(Self.authorityName) }

    func key(_ name: String) -> ObjectKey { ObjectKey(namespace: namespace, name: name) }

    /// The authority's, those that are asked for, and those that are there.
    package var keys: Set<ObjectKey> {
        let wanted = objects.flatMap { $0.all.map(\.secret) }.filter { !$0.isEmpty }.map(key)
        return Set(wanted + leaves.all.map(\.identity.key) + [authorityKey])
    }

    /// Whether anything asks for a serving certificate.
    var isAsked: Bool { objects.contains { $0.all.contains { !$0.secret.isEmpty && !$0.callers.isEmpty } } }

    func references(_ secret: String) -> [ServingWorld.Reference] {
        objects.flatMap { informer in
            informer.all.filter { $0.secret == secret && !$0.identity.isDeleting }.sorted { $0.identity.key < $1.identity.key }
                .flatMap { object in
                    object.callers.map {
                        ServingWorld.Reference(resource: informer.resource, identity: object.identity, caller: $0)
                    }
                }
        }
    }

    func observe(written object: JSONValue, _ resource: ResourceType) {
        objects.first { $0.resource == resource }?.observe(written: object)
    }
}
