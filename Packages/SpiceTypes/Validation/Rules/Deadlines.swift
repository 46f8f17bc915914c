import JSON
import SpiceTypes

extension Rule {
    static let progressDeadline = Rule.error(
        "progress-deadline", "progressDeadlineSeconds is 1 or more."
    ) { subject, report in
        guard let seconds = subject.spec.progressDeadlineSeconds, seconds < 1 else { return }
        report.add("spec.progressDeadlineSeconds", "\(seconds) leaves a rollout no time; use 1 or more")
    }

    static let gracePeriod = Rule.error(
        "grace-period", isEssential: true, "terminationGracePeriodSeconds is 0 or more."
    ) { subject, report in
        guard let seconds = subject.spec.terminationGracePeriodSeconds, seconds < 0 else { return }
        report.add("spec.terminationGracePeriodSeconds", "\(seconds) is below 0; use 0 or more")
    }

    /// The kubelet kills what is still there then: queries that the runtime would have finished are lost.
    static let shortGracePeriod = Rule.warning(
        "short-grace-period", "A pod may take as long to stop as the runtime's shutdown_timeout."
    ) { subject, report in
        guard let seconds = subject.spec.terminationGracePeriodSeconds, seconds >= 0 else { return }
        let written = subject.spec.spicepod?[path: "runtime", "shutdown_timeout"]?.stringValue
        let timeout = written.flatMap(RuntimeDuration.seconds) ?? 30
        guard seconds < timeout else { return }
        let whose = written == nil ? "the runtime's shutdown timeout" : "runtime.shutdown_timeout"
        report.add(
            "spec.terminationGracePeriodSeconds", "\(seconds) s are less than \(whose) of \(timeout) s; use \(timeout) or more")
    }
}
