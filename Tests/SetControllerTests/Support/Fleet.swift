import KubernetesModel

@testable import SetController

/// StatefulSets and their pods: a small model of what the StatefulSet controller, the garbage collector and the kubelets do
/// with them, one step at a time.
struct Fleet: Hashable {
    var workloads: [ObservedWorkload] = []
    var pods: [ObservedPod] = []
    /// How many pods each Deployment is to have, by UID.
    var wantedPods: [String: Int] = [:]
    private var serial = 0

    /// The pods that the informers would attribute to the set.
    var ownedPods: [ObservedPod] {
        let owners = Set(workloads.map(\.uid))
        // those of an earlier operator version carry no label to select them by
        return pods.filter { owners.contains($0.ownerUID ?? "") && $0.version != nil }
    }

    func workload(_ name: String) -> ObservedWorkload? { workloads.first { $0.key.name == name } }

    func pod(_ name: String) -> ObservedPod? { pods.first { $0.name == name } }

    var availablePods: [String] { ownedPods.filter(\.isAvailable).map(\.name) }

    // MARK: What the controller under test does

    mutating func apply(_ key: ObjectKey, version: String?, layout: GenerationID.Layout = .stable) {
        guard let index = workloads.firstIndex(where: { $0.key == key }) else {
            workloads.append(ObservedWorkload(key: key, uid: nextUID(), version: version, layout: layout, isObserved: false))
            return
        }
        guard workloads[index].version != version else { return }
        workloads[index].version = version
        workloads[index].isObserved = false
    }

    /// The pods go too, each in its own time.
    mutating func removeWorkload(uid: String) {
        workloads.removeAll { $0.uid == uid }
        for index in pods.indices where pods[index].ownerUID == uid { pods[index].isTerminating = true }
    }

    /// The pods stay without a controller.
    mutating func loseWorkload(uid: String) { workloads.removeAll { $0.uid == uid } }

    mutating func removePod(uid: String) {
        for index in pods.indices where pods[index].uid == uid { pods[index].isTerminating = true }
    }

    // MARK: What the cluster does

    /// The StatefulSet controller takes note of the template, and makes the pod where there is none.
    mutating func sync(_ name: String, at now: Timestamp? = nil) {
        guard let index = workloads.firstIndex(where: { $0.key.name == name }) else { return }
        workloads[index].isObserved = true
        guard workloads[index].deployment == nil else { return syncDeployment(index, at: now) }
        guard pod("\(name)-0") == nil else { return }
        var pod = ObservedPod()
        pod.key = ObjectKey(namespace: workloads[index].key.namespace, name: "\(name)-0")
        pod.uid = nextUID()
        pod.ownerUID = workloads[index].uid
        pod.version = workloads[index].version
        pod.phase = "Running"
        pod.createdAt = now
        pods.append(pod)
    }

    /// A pod that was asked to stop has stopped.
    mutating func finishStopping(_ name: String) {
        pods.removeAll { $0.name == name && $0.isTerminating }
    }

    mutating func setReady(_ name: String, _ isReady: Bool = true) {
        for index in pods.indices where pods[index].name == name { pods[index].isReady = isReady }
    }

    mutating func setReadySince(_ name: String, _ since: Timestamp?) {
        for index in pods.indices where pods[index].name == name { pods[index].readySince = since }
    }

    mutating func setTrouble(_ name: String, _ trouble: ObservedPod.Trouble?) {
        for index in pods.indices where pods[index].name == name { pods[index].trouble = trouble }
    }

    /// Stopping pods stop, controllers catch up, and every pod but the broken ones gets ready.
    mutating func settle(broken: Set<String> = []) {
        for pod in pods { finishStopping(pod.name) }
        for workload in workloads { sync(workload.key.name) }
        for pod in pods where !broken.contains(pod.name) { setReady(pod.name) }
        countDeploymentPods()
    }

    mutating func nextUID() -> String {
        serial += 1
        return "uid-\(serial)"
    }
}
