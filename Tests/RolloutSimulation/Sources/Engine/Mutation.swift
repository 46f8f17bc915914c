import SetController

/// A planted bug: rewrites what the planner says before it is done.
package struct Mutation: Sendable {
    package var name: String
    let rewrite: @Sendable (SetPlan, Run) -> SetPlan

    func apply(_ plan: SetPlan, _ run: Run) -> SetPlan { rewrite(plan, run) }
}
