import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// A SpicepodCluster. One that cannot be read is kept with the reason, so that it can be told on the object itself.
struct CachedCluster: CachedObject {
    var identity: ObjectIdentity
    var cluster: SpicepodCluster
    var problem: JSONError?

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        let decoder = JSONTreeDecoder()
        let metadata = try decoder.decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:]))
        identity = ObjectIdentity(metadata)
        do {
            cluster = try decoder.decode(SpicepodCluster.self, from: tree)
        } catch {
            cluster = SpicepodCluster(metadata: metadata, spec: SpicepodClusterSpec())
            cluster.status = tree["status"].flatMap { try? decoder.decode(SpicepodClusterStatus.self, from: $0) }
            problem = error
        }
    }

    /// What a reconcile depends on: the object without its resource version.
    var content: SpicepodCluster {
        var content = cluster
        content.metadata.resourceVersion = nil
        return content
    }
}

/// The discovery Service: only the presence and our share of its fields count.
struct CachedService: CachedObject {
    var identity: ObjectIdentity
    var owned: Digest?

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        identity = ObjectIdentity(try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:])))
        owned = OwnedFields.digest(of: tree, manager: FieldManager.clusterController)
    }
}

/// A SpicepodSet that belongs to a cluster.
struct CachedSet: CachedObject {
    var identity: ObjectIdentity
    var set: ObservedSet

    init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        let metadata = try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:]))
        identity = ObjectIdentity(metadata)
        set = ObservedSet(metadata, tree)
    }
}

extension ObjectIdentity {
    fileprivate init(_ metadata: ObjectMeta) {
        self.init()
        key = metadata.key
        uid = metadata.uid ?? ""
        resourceVersion = metadata.resourceVersion ?? ""
        generation = metadata.generation ?? 0
        controllerUID = metadata.controller?.uid
        controllerName = metadata.controller?.name
        isDeleting = metadata.deletionTimestamp != nil
    }
}
