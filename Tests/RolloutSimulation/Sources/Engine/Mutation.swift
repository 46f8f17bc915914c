import ControllerSimulation
import KubernetesModel
import SetController
import SpiceTypes

/// A planted bug: rewrites what the planner says before it is done. What no promise notices could be wrong in the engine as well.
package struct Mutation: Sendable, CustomStringConvertible {
    package let name: String
    let rewrite: @Sendable (inout SetPlan, Picture, VirtualClock) -> Void

    package var description: String { name }

    init(_ name: String, _ rewrite: @escaping @Sendable (inout SetPlan, Picture, VirtualClock) -> Void) {
        self.name = name
        self.rewrite = rewrite
    }

    func apply(_ plan: SetPlan, _ run: Run) -> SetPlan {
        var plan = plan
        rewrite(&plan, run.known, run.stage.clock)
        return plan
    }
}
