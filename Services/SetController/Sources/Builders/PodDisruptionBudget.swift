import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// Voluntary disruptions take one pod at a time, and broken pods never block a drain.
enum PodDisruptionBudgetBuilder {
    static func build(_ child: ChildMetadata, selecting generation: GenerationID) throws(JSONError) -> DesiredObject? {
        let spec = child.set.spec
        guard spec.podDisruptionBudget?.enabled != false, spec.replicas ?? 1 > 1 else { return nil }
        let budget = PodDisruptionBudgetSpec {
            $0.maxUnavailable = .int(1)
            $0.unhealthyPodEvictionPolicy = "AlwaysAllow"
            $0.selector = LabelSelector(matchLabels: child.selector(of: generation))
        }
        return try child.object(
            .podDisruptionBudgets, child.metadata(child.names.plain, .runtime), ["spec": try JSONTreeEncoder().encode(budget)])
    }
}
