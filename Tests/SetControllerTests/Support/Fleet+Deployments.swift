import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

@testable import SetController

/// What the Deployment controller does: the next pod is there before the last one goes.
extension Fleet {
    var deployment: ObservedWorkload? { workloads.first { $0.deployment != nil } }

    /// A Deployment of an earlier operator version and its pod, which carries no label of ours.
    mutating func addLegacyDeployment(_ name: String = "demo", selector: [String: String] = ["app": "demo"]) {
        let uid = nextUID()
        let deployment = ObservedDeployment(selector: selector, isTakenOver: false, namesPorts: false)
        workloads.append(
            ObservedWorkload(
                key: ObjectKey(namespace: "default", name: name), uid: uid, version: nil, layout: .deployment, isObserved: true,
                deployment: deployment))
        wantedPods[uid] = 1
        addPod("\(name)-legacy", of: uid, version: nil)
        setReady("\(name)-legacy")
        countDeploymentPods()
    }

    mutating func applyDeployment(_ desired: DesiredObject) {
        let spec = desired.object["spec"]
        let template = spec?["template"]
        let version = template?[path: "metadata", "labels"]?[LabelKey.version]?.stringValue
        if !workloads.contains(where: { $0.key == desired.key && $0.deployment != nil }) {
            let observed = ObservedDeployment(spec: spec ?? [:], status: [:])
            workloads.append(
                ObservedWorkload(
                    key: desired.key, uid: nextUID(), version: version, layout: .deployment, isObserved: false, deployment: observed
                ))
        }
        for index in workloads.indices where workloads[index].key == desired.key && workloads[index].deployment != nil {
            wantedPods[workloads[index].uid] = Int(spec?["replicas"]?.intValue ?? 1)
            if template != nil {
                if workloads[index].version != version || workloads[index].deployment?.isTakenOver == false {
                    workloads[index].isObserved = false
                }
                workloads[index].version = version
                workloads[index].deployment?.isTakenOver = true
                workloads[index].deployment?.namesPorts = true
            } else if workloads[index].deployment?.isTakenOver == false {
                let full = desired.object[path: "metadata", "annotations"]?[AnnotationKey.fullVersion]?.stringValue
                workloads[index].version = full.map { Version(sha: $0).short }
            }
        }
    }

    mutating func syncDeployment(_ index: Int, at now: Timestamp?) {
        let workload = workloads[index]
        let own = pods.indices.filter { pods[$0].ownerUID == workload.uid && !pods[$0].isTerminating }
        let template = workload.deployment?.isTakenOver == true ? workload.version : nil
        if wantedPods[workload.uid] == 0 {
            for index in own { pods[index].isTerminating = true }
        } else if let current = own.first(where: { pods[$0].version == template }) {
            if pods[current].isReady { for index in own where index != current { pods[index].isTerminating = true } }
        } else {
            addPod("\(workload.key.name)-\(template ?? "legacy")-\(nextUID())", of: workload.uid, version: template, at: now)
        }
        countDeploymentPods()
    }

    mutating func countDeploymentPods() {
        for index in workloads.indices where workloads[index].deployment != nil {
            let workload = workloads[index]
            let own = pods.filter { $0.ownerUID == workload.uid && !$0.isTerminating }
            let template = workload.deployment?.isTakenOver == true ? workload.version : nil
            guard workload.isObserved else { continue }
            workloads[index].deployment?.replicas = own.count
            workloads[index].deployment?.updated = own.count { $0.version == template }
            workloads[index].deployment?.available = own.count(where: \.isAvailable)
        }
    }

    private mutating func addPod(_ name: String, of uid: String, version: String?, at now: Timestamp? = nil) {
        var pod = ObservedPod()
        pod.key = ObjectKey(namespace: "default", name: name)
        pod.uid = nextUID()
        pod.ownerUID = uid
        pod.version = version
        pod.phase = "Running"
        pod.createdAt = now
        pods.append(pod)
    }
}

extension Cluster {
    /// Available pods behind the Service, whichever labels it selects them by.
    var endpoints: [String] {
        guard let service = services.first(where: { $0.key.name == "demo" }) else { return [] }
        let owners = fleet.workloads.filter { workload in
            guard let deployment = workload.deployment else {
                return workload.generation == service.selected && !service.selectsByForeignLabels
            }
            return deployment.selector == service.selector
        }.map(\.uid)
        return fleet.pods.filter { $0.isAvailable && owners.contains($0.ownerUID ?? "") }.map(\.name).sorted()
    }

    /// One step of the controller, then of the cluster, again and again.
    /// - Returns: how few endpoints there ever were.
    mutating func fewestEndpoints(over rounds: Int = 20) throws -> Int {
        var fewest = endpoints.count
        for _ in 0..<rounds {
            try reconcile()
            fewest = min(fewest, endpoints.count)
            for pod in fleet.pods { fleet.finishStopping(pod.name) }
            for workload in fleet.workloads { fleet.sync(workload.key.name) }
            fewest = min(fewest, endpoints.count)
            for pod in fleet.pods { fleet.setReady(pod.name) }
            fleet.countDeploymentPods()
            fewest = min(fewest, endpoints.count)
        }
        return fewest
    }
}
