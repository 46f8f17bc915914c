import KubernetesModel
import SpiceTypes

/// One ordinal of a generation: its StatefulSet and the pod of that, or the Deployment.
struct Replica: Sendable, Hashable {
    var ordinal: Int
    var workload: ObservedWorkload?
    var pods: [ObservedPod]

    /// The StatefulSet carries the wanted template.
    func isUpdated(to version: String) -> Bool { workload?.version == version }

    /// A pod of another version or with a file system that waits, to be replaced.
    func outdatedPod(_ version: String) -> ObservedPod? {
        pods.first { ($0.version != version || $0.awaitsFileSystem) && !$0.isTerminating }
    }

    /// A Deployment's pods need not carry our labels: it speaks for them.
    var isAvailable: Bool {
        workload?.deployment.map { $0.available > 0 } ?? pods.contains(where: \.isAvailable)
    }

    /// Available, and not just for a moment between two crashes.
    var isSteady: Bool { workload?.deployment == nil ? pods.contains(where: \.isSteady) : isAvailable }

    var isOnTrial: Bool { isAvailable && !isSteady }

    /// Nothing runs another version than the wanted one.
    func isRolled(to version: String) -> Bool {
        guard let workload, let deployment = workload.deployment else {
            return isUpdated(to: version) && outdatedPod(version) == nil
        }
        return isUpdated(to: version) && workload.isObserved && deployment.updated > 0 && deployment.updated == deployment.replicas
    }

    /// The endpoints of a Service are made by a controller that hears of a ready pod on its own. Switched before it has, a Service is
    /// short of endpoints for a moment (kubernetes/kubernetes#108523 is the same on the way out). Times have whole seconds: one of
    /// the two may be over already.
    static let announcementTime: Duration = .seconds(2)

    /// Since when the pod that makes it settled is ready; nil where it is not, or nobody says.
    func settledSince(_ version: String) -> Timestamp? {
        guard isSettled(version), workload?.deployment == nil else { return nil }
        return pods.filter { $0.isSteady && $0.version == version }.compactMap(\.readySince).min()
    }

    /// Settled, and for long enough that those who make endpoints know.
    func isKnownAsSettled(_ version: String, at now: Timestamp) -> Bool {
        isSettled(version) && settledSince(version).map { $0 + Self.announcementTime <= now } ?? true
    }

    /// Runs the wanted version and serves; also while its StatefulSet is replaced around the pod.
    func isSettled(_ version: String) -> Bool {
        guard workload?.deployment == nil else { return isRolled(to: version) && isAvailable }
        return (workload == nil || isUpdated(to: version)) && pods.contains { $0.isSteady && $0.version == version }
    }
}
