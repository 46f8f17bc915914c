import KubernetesModel
import SpiceTypes

/// Where the Service sends its clients.
struct Traffic: Sendable, Hashable {
    var selector: [String: String]
    /// By number: pods of an earlier operator version may not name their ports, and an endpoint without its port is none.
    var usesPortNumbers = false
    /// Until it may address them by name.
    var nextChange: Duration?

    init(_ child: ChildMetadata, to rollout: Rollout, in world: World) {
        selector = child.selector(of: rollout.serving.id)
        guard rollout.serving.id == .deployment else { return }
        let service = world.services.first { $0.key.name == child.names.service }
        if let workload = rollout.serving.workloads.first, let deployment = workload.deployment {
            selector = deployment.selector
            usesPortNumbers = !deployment.namesPorts || (service?.usesPortNumbers == true && !isRolled(rollout, world.now))
        } else if let service, rollout.target.id != .deployment {
            // It was deleted by hand. Its pods may have been left running: they serve until the StatefulSets do.
            selector = service.selector
            usesPortNumbers = service.usesPortNumbers
        }
    }

    /// The pod before may have been one without names. The next one has to be known as ready to whoever makes the endpoints, too.
    private mutating func isRolled(_ rollout: Rollout, _ now: Timestamp) -> Bool {
        guard let replica = rollout.serving.replicas.first, let version = replica.workload?.version, replica.isSettled(version)
        else { return false }
        guard replica.workload?.deployment?.isTakenOver == true else { return true }
        // not yet in the cache: its coming brings us here again
        guard let pod = replica.pods.first(where: { $0.isAvailable && $0.version == version }) else { return false }
        let since = pod.readySince ?? now
        let left = Retirement.drainTime - (now - since)
        if left > .zero { nextChange = left }
        return left <= .zero
    }
}
