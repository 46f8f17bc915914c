import JSON
import KubernetesClient
import KubernetesModel
import Logging

@testable import ControllerRuntime

/// A whole controller, as small as one can be: every ConfigMap labelled `mirror=source` gets a copy.
struct MirrorController {
    static let manager = "mirror"
    let sources: Informer<Source>
    let copies: Informer<Copy>
    let controller: Controller
    let applier: Applier
    let reconciles = Recorded<ObjectKey>()

    struct Source: CachedObject {
        var identity: ObjectIdentity
        var data: JSONValue

        init(scanning scanner: inout JSONScanner) throws {
            let tree = try scanner.value()
            identity = try ObjectIdentity(parsingMetadataOf: tree)
            data = tree["data"] ?? [:]
        }
    }

    struct Copy: CachedObject {
        var identity: ObjectIdentity
        var owned: Digest?

        init(scanning scanner: inout JSONScanner) throws {
            let tree = try scanner.value()
            identity = try ObjectIdentity(parsingMetadataOf: tree)
            owned = OwnedFields.digest(of: tree, manager: MirrorController.manager)
        }
    }

    init(client: KubernetesClient) {
        sources = Informer(client: client, resource: .configMaps, labels: "mirror=source")
        copies = Informer(client: client, resource: .configMaps, labels: "mirror=copy")
        let ownership = SliceOwnership(slices: 1, holdsAll: true)
        controller = Controller(name: "mirror", concurrency: 2, ownership: ownership, logger: .silent)
        applier = Applier(client: client, controller: "mirror")
        sources.onChange { [queue = controller.queue] old, new in (new ?? old).map { queue.add($0.identity.key) } }
        copies.onChange { [queue = controller.queue] old, new in
            guard let identity = (new ?? old)?.identity, let source = identity.controllerName else { return }
            queue.add(ObjectKey(namespace: identity.key.namespace, name: source))
        }
    }

    func run() async {
        await Phases.run([
            { await controller.run { try await reconcile($0) } },
            { _ = try? await sources.run() },
            { _ = try? await copies.run() },
        ])
    }

    private func reconcile(_ key: ObjectKey) async throws -> Duration? {
        guard sources.hasSynced, copies.hasSynced else { return .milliseconds(1) }
        reconciles.append(key)
        guard let source = sources[key] else { return nil }
        let desired = copy(of: source)
        if let written = try await applier.apply(desired, live: live(desired.key), owner: source.identity.uid) {
            copies.observe(written: written)
        }
        return nil
    }

    private func live(_ key: ObjectKey) -> LiveChild? {
        copies[key].map {
            LiveChild(
                uid: $0.identity.uid, resourceVersion: $0.identity.resourceVersion, controllerUID: $0.identity.controllerUID,
                owned: $0.owned)
        }
    }

    private func copy(of source: Source) -> DesiredObject {
        let key = ObjectKey(namespace: source.identity.key.namespace, name: "\(source.identity.key.name)-copy")
        let owner: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "name": .string(source.identity.key.name), "uid": .string(source.identity.uid),
            "controller": true,
        ]
        return DesiredObject(
            resource: .configMaps, key: key,
            object: [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": [
                    "name": .string(key.name), "namespace": .string(key.namespace), "labels": ["mirror": "copy"],
                    "ownerReferences": [owner],
                ],
                "data": source.data,
            ])
    }
}

extension ObjectIdentity {
    fileprivate init(parsingMetadataOf tree: JSONValue) throws {
        let metadata = tree["metadata"] ?? [:]
        self = try JSONScanner.scan(metadata.serialized()) { try ObjectIdentity(scanningMetadata: &$0) }
    }
}
