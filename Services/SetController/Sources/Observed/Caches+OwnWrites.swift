import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

extension Caches {
    /// Takes note of the API server's answer to a write of ours, ahead of the watch.
    func observe(written object: JSONValue, _ resource: ResourceType) {
        switch resource {
        case .spicepodSets: sets.observe(written: object)
        case .statefulSets: workloads.observe(written: object)
        case .deployments: deployments.observe(written: object)
        case .configMaps: versions.observe(written: object)
        case .services: services.observe(written: object)
        case .pods: pods.observe(written: object)
        case .persistentVolumeClaims: claims.observe(written: object)
        default: children[resource]?.observe(written: object)
        }
    }

    func observe(deleted key: ObjectKey, uid: String, _ resource: ResourceType) {
        switch resource {
        case .statefulSets: workloads.observe(deleted: key, uid: uid)
        case .deployments: deployments.observe(deleted: key, uid: uid)
        case .configMaps: versions.observe(deleted: key, uid: uid)
        case .services: services.observe(deleted: key, uid: uid)
        case .pods: pods.observe(deleted: key, uid: uid)
        case .persistentVolumeClaims: claims.observe(deleted: key, uid: uid)
        default: children[resource]?.observe(deleted: key, uid: uid)
        }
    }
}
