import KubernetesModel
import SpiceTypes

/// Where the Service sends its clients.
struct Traffic: Sendable, Hashable {
    var selector: [String: String]
    /// By number: pods of an earlier operator version may not name their ports, and an endpoint without its port is none.
    var usesPortNumbers = false

    init(_ child: ChildMetadata, to rollout: Rollout, in world: World) {
        selector = child.selector(of: rollout.serving.id)
        guard rollout.serving.id == .deployment else { return }
        let service = world.services.first { $0.key.name == child.names.service }
        if let workload = rollout.serving.workloads.first, let deployment = workload.deployment {
            selector = deployment.selector
            // while it rolls, the pod before may still be one without names
            let isRolled = workload.isObserved && deployment.updated == deployment.replicas
            usesPortNumbers = !deployment.namesPorts || (service?.usesPortNumbers == true && !isRolled)
        } else if let service, rollout.target.id != .deployment {
            // It was deleted by hand. Its pods may have been left running: they serve until the StatefulSets do.
            selector = service.selector
            usesPortNumbers = service.usesPortNumbers
        }
    }
}
