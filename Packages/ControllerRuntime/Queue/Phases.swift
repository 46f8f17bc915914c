/// Parts that run side by side and stop one after the other.
public enum Phases {
    /// Runs all parts until the calling task is cancelled; then cancels them in order, each only when the one before it has
    /// ended. Begin with what makes work, end with what the others need.
    public static func run(_ parts: [@Sendable () async -> Void]) async {
        let tasks = parts.map { part in Task { await part() } }
        await withTaskCancellationHandler {
            for task in tasks { await task.value }
        } onCancel: {
            // the tasks are no children of the cancelled one: this order is theirs alone
            Task {
                for task in tasks {
                    task.cancel()
                    await task.value
                }
            }
        }
    }
}
