import CoreMetrics

/// Numbers of one controller.
struct ControllerMetrics: Sendable {
    let controller: String
    private let duration: Recorder

    init(controller: String) {
        self.controller = controller
        duration = Recorder(label: "spiceai_operator_reconcile_duration_seconds", dimensions: [("controller", controller)])
    }

    /// - Parameter errorCode: nil for a success.
    func record(_ result: String, _ errorCode: String?, _ elapsed: Duration) {
        duration.record(elapsed / .seconds(1))
        Counter(label: "spiceai_operator_reconcile_total", dimensions: [("controller", controller), ("result", result)]).increment()
        guard let errorCode else { return }
        Counter(label: "spiceai_operator_reconcile_errors_total", dimensions: [("controller", controller), ("code", errorCode)])
            .increment()
    }
}
