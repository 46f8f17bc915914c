import ClusterController
import KubernetesClient
import SetController

/// A planted bug: what a planner says is rewritten before it is done, or a request before it is sent. What no promise notices could
/// be wrong in the services as well.
package struct Mutation: Sendable, CustomStringConvertible {
    package let name: String
    var set: (@Sendable (inout SetPlan, Run) -> Void)?
    var cluster: (@Sendable (inout ClusterPlan, Run) -> Void)?
    var request: (@Sendable (inout HTTPRequest, Decision.Service, Run) -> Void)?

    package var description: String { name }

    init(
        _ name: String, set: (@Sendable (inout SetPlan, Run) -> Void)? = nil,
        cluster: (@Sendable (inout ClusterPlan, Run) -> Void)? = nil,
        request: (@Sendable (inout HTTPRequest, Decision.Service, Run) -> Void)? = nil
    ) {
        self.name = name
        self.set = set
        self.cluster = cluster
        self.request = request
    }

    func apply(_ plan: SetPlan, _ run: Run) -> SetPlan {
        var plan = plan
        set?(&plan, run)
        return plan
    }

    func apply(_ plan: ClusterPlan, _ run: Run) -> ClusterPlan {
        var plan = plan
        cluster?(&plan, run)
        return plan
    }
}
