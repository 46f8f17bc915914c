import JSON
import KubernetesModel

/// Makes, binds, grows and removes simulated volumes. As a part of nodes it leaves to the cluster's controllers what is theirs:
/// binding, protection, and the phases.
struct VolumeController: SimulatedController {
    var options: Simulation.Options
    let component = "persistentvolume-controller"
    static let provisioner = "local/simulated"
    /// When a claim was first seen waiting, and for what.
    private var since: [String: Timestamp] = [:]

    init(options: Simulation.Options) {
        self.options = options
    }

    private var binds: Bool { options.part != .nodes }

    func keys(for change: StoreEvent, in store: Store) -> [String] {
        switch change.resource {
        case .claims: return ["claim \(change.key.slashed)"]
        case .volumes: return ["volume \(change.key.slashed)"]
        case .storageClasses: return store.all(.claims).keys.sorted().map { "claim \($0.slashed)" }
        case .pods:
            let claims = change.object.list("spec", "volumes").compactMap {
                $0[path: "persistentVolumeClaim", "claimName"]?.stringValue
            }
            return claims.map { "claim \(change.key.namespace)/\($0)" }
        default: return []
        }
    }

    mutating func reconcile(_ key: String, _ cluster: inout Cluster) -> Duration? {
        let parts = key.split(separator: " ", maxSplits: 1).map(String.init)
        let key = ObjectKey(slashed: parts[1])
        if parts[0] == "volume" {
            reclaim(key, &cluster)
            return nil
        }
        guard let claim = cluster.get(.claims, key) else {
            let orphaned = cluster.list(.volumes).filter {
                $0.string("spec", "claimRef", "namespace") == key.namespace && $0.string("spec", "claimRef", "name") == key.name
            }
            for volume in orphaned { reclaim(volume.key, &cluster) }
            return nil
        }
        if claim.isBeingDeleted { return binds ? release(claim, &cluster) : nil }
        let storageClass = cluster.get(.storageClasses, ObjectKey(name: claim.string("spec", "storageClassName")))
        guard let storageClass, storageClass["provisioner"] == .string(Self.provisioner) else { return nil }
        return claim["spec", "volumeName"] == nil ? bind(claim, storageClass, &cluster) : grow(claim, &cluster)
    }

    private func users(of claim: JSONValue, _ cluster: Cluster) -> [JSONValue] {
        cluster.list(.pods, namespace: claim.namespace).filter { pod in
            pod.list("spec", "volumes").contains { $0[path: "persistentVolumeClaim", "claimName"] == .string(claim.name) }
        }
    }

    private mutating func wait(_ identity: String, _ delay: Duration, _ now: Timestamp) -> Duration? {
        let start = since[identity] ?? now
        since[identity] = start
        let left = delay - (now - start)
        if left > .zero { return left }
        since[identity] = nil
        return nil
    }

    private mutating func bind(_ claim: JSONValue, _ storageClass: JSONValue, _ cluster: inout Cluster) -> Duration? {
        if storageClass["volumeBindingMode"] == "WaitForFirstConsumer",
            !users(of: claim, cluster).contains(where: { $0["spec", "nodeName"] != nil })
        {
            return nil
        }
        let annotations = PodAnnotations(claim)
        if annotations["bind-delay"] == "never" { return nil }
        if let left = wait("\(claim.uid) bind", annotations.delay("bind-delay", default: .zero), cluster.now) { return left }
        let name = "pvc-\(claim.uid)"
        guard binds || cluster.get(.volumes, ObjectKey(name: name)) == nil else { return nil }
        let size = claim[path: "spec", "resources", "requests", "storage"] ?? "0"
        cluster.create(
            .volumes,
            [
                "apiVersion": "v1", "kind": "PersistentVolume",
                "metadata": ["name": .string(name), "annotations": ["pv.kubernetes.io/provisioned-by": .string(Self.provisioner)]],
                "spec": [
                    "accessModes": claim["spec", "accessModes"] ?? [], "capacity": ["storage": size],
                    "claimRef": [
                        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "namespace": .string(claim.namespace),
                        "name": .string(claim.name), "uid": .string(claim.uid),
                    ],
                    "persistentVolumeReclaimPolicy": storageClass["reclaimPolicy"] ?? "Delete",
                    "storageClassName": .string(storageClass.name), "hostPath": ["path": .string("/simulated/\(name)")],
                    "volumeMode": claim["spec", "volumeMode"] ?? "Filesystem",
                ],
            ])
        cluster.event(on: claim, reason: "ProvisioningSucceeded", "Successfully provisioned volume \(name)")
        guard binds else { return nil }
        cluster.updateStatus(.volumes, ObjectKey(name: name), ["phase": "Bound"])
        cluster.update(.claims, claim.key) {
            $0["spec", "volumeName"] = .string(name)
            $0["metadata", "annotations"] = MergePatch.apply(
                [
                    "pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes",
                    "volume.kubernetes.io/storage-provisioner": .string(Self.provisioner),
                ], to: $0["metadata", "annotations"])
        }
        cluster.updateStatus(
            .claims, claim.key,
            ["phase": "Bound", "accessModes": claim["spec", "accessModes"] ?? [], "capacity": ["storage": size]])
        return nil
    }

    private mutating func grow(_ claim: JSONValue, _ cluster: inout Cluster) -> Duration? {
        let wanted = claim[path: "spec", "resources", "requests", "storage"] ?? "0"
        guard claim["status", "phase"] == "Bound", let size = claim[path: "status", "capacity", "storage"]?.stringValue,
            Quantity(size).isLess(than: Quantity(wanted.stringValue ?? "")) == true
        else {
            since["\(claim.uid) resize"] = nil
            return nil
        }
        if let since = Timestamp(claim.condition("FileSystemResizePending")?.string("lastTransitionTime") ?? "") {
            growFileSystem(claim, since: since, &cluster)
            return nil
        }
        let annotations = PodAnnotations(claim)
        let how = annotations["resize-delay"]
        if claim.condition("Resizing") == nil {
            var types: [(type: String, message: String?)] = [("Resizing", nil)]
            if how == "fail" {
                let message = "resize volume \(claim.string("spec", "volumeName")) failed: hollow/resize-delay: fail"
                cluster.event(on: claim, type: "Warning", reason: "VolumeResizeFailed", message)
                types.append(("ControllerResizeError", message))
            }
            var status = claim["status"] ?? [:]
            let conditions = types.map { type, message -> JSONValue in
                var condition: JSONValue = [
                    "type": .string(type), "status": "True", "lastTransitionTime": .string(cluster.now.text),
                ]
                condition["message"] = message.map { .string($0) }
                return condition
            }
            status["conditions"] = .array(claim.list("status", "conditions") + conditions)
            cluster.updateStatus(.claims, claim.key, status)
        }
        if how == "never" || how == "fail" { return nil }
        let delay = annotations.delay("resize-delay", default: options.scaled(options.resizeDelay))
        if let left = wait("\(claim.uid) resize", delay, cluster.now) { return left }
        cluster.update(.volumes, ObjectKey(name: claim.string("spec", "volumeName"))) {
            $0["spec", "capacity"] = ["storage": wanted]
        }
        if annotations["resize"] == "offline" {
            var status = claim["status"] ?? [:]
            status["conditions"] = .array(
                claim.list("status", "conditions").filter { $0["type"] != "Resizing" }
                    + [
                        [
                            "type": "FileSystemResizePending", "status": "True", "lastTransitionTime": .string(cluster.now.text),
                            "message": "Waiting for user to (re-)start a pod to finish file system resize of volume on node.",
                        ]
                    ])
            cluster.updateStatus(.claims, claim.key, status)
            return nil
        }
        finishGrowing(claim, to: wanted, &cluster)
        return nil
    }

    /// The file system of an offline volume grows when a pod mounts it anew.
    private func growFileSystem(_ claim: JSONValue, since: Timestamp, _ cluster: inout Cluster) {
        let isMountedAnew = users(of: claim, cluster).contains { pod in
            pod["status", "phase"] == "Running"
                && (Timestamp(pod.string("metadata", "creationTimestamp")).map { $0 > since } ?? false)
        }
        guard isMountedAnew, let volume = cluster.get(.volumes, ObjectKey(name: claim.string("spec", "volumeName"))),
            let size = volume[path: "spec", "capacity", "storage"]
        else { return }
        finishGrowing(claim, to: size, &cluster)
    }

    private func finishGrowing(_ claim: JSONValue, to size: JSONValue, _ cluster: inout Cluster) {
        var status = claim["status"] ?? [:]
        status["capacity"] = ["storage": size]
        let others = claim.list("status", "conditions").filter {
            !["Resizing", "FileSystemResizePending", "ControllerResizeError"].contains($0["type"]?.stringValue ?? "")
        }
        status["conditions"] = .nonEmpty(others)
        cluster.updateStatus(.claims, claim.key, status)
        cluster.event(on: claim, reason: "FileSystemResizeSuccessful", "volume resized to \(size.stringValue ?? "")")
    }

    /// A claim in use is protected from deletion.
    private func release(_ claim: JSONValue, _ cluster: inout Cluster) -> Duration? {
        guard users(of: claim, cluster).allSatisfy(\.isPodFinished) else { return nil }
        cluster.update(.claims, claim.key) { object in
            let kept = object.list("metadata", "finalizers").filter { $0 != "kubernetes.io/pvc-protection" }
            object["metadata", "finalizers"] = .nonEmpty(kept)
        }
        return nil
    }

    private func reclaim(_ key: ObjectKey, _ cluster: inout Cluster) {
        guard let volume = cluster.get(.volumes, key), let reference = volume["spec", "claimRef"] else { return }
        let isOurs = volume.string("metadata", "annotations", "pv.kubernetes.io/provisioned-by") == Self.provisioner
        guard binds || (isOurs && volume["status", "phase"] == "Released") else { return }
        let claim = cluster.get(.claims, ObjectKey(namespace: reference.string("namespace"), name: reference.string("name")))
        guard claim?.uid != reference.string("uid") else { return }
        if volume["spec", "persistentVolumeReclaimPolicy"] == "Delete" {
            cluster.delete(.volumes, key)
        } else if volume["status", "phase"] != "Released" {
            cluster.updateStatus(.volumes, key, ["phase": "Released"])
        }
    }
}
