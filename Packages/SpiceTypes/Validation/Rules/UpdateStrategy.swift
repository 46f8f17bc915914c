import KubernetesModel
import SpiceTypes

/// SpicepodSet page, Update Strategies.
extension Rule {
    static let maxUnavailable = Rule.error(
        "max-unavailable", "maxUnavailable is a number of 1 or more, or a share of 1% to 100%."
    ) { subject, report in
        guard let value = subject.spec.updateStrategy?.maxUnavailable else { return }
        let remedy = "use 1 or more, or 1% to 100%"
        switch value {
        case .int(let count):
            if count < 1 { report.add(maxUnavailablePath, "\(count) would let no pod be updated; \(remedy)") }
        case .string(let text):
            guard let share = percentage(text) else {
                return report.add(maxUnavailablePath, "\(Quoted.text(text, limit: 40)) is neither a number nor a share; \(remedy)")
            }
            if share == 0 { report.add(maxUnavailablePath, "\(Quoted.text(text)) would let no pod be updated; \(remedy)") }
            if share > 100 { report.add(maxUnavailablePath, "\(Quoted.text(text)) is more than all pods; \(remedy)") }
        }
    }

    static let unusedMaxUnavailable = Rule.warning(
        "unused-max-unavailable", "maxUnavailable is given for RollingParallel alone."
    ) { subject, report in
        guard let strategy = subject.spec.updateStrategy, strategy.maxUnavailable != nil else { return }
        let type = strategy.type ?? .rollingOrdered
        guard type != .rollingParallel else { return }
        report.add(maxUnavailablePath, "has no effect with \(type.rawValue); remove it, or set type to RollingParallel")
    }

    static let minReadyForCutover = Rule.error(
        "min-ready-for-cutover", "minReadyForCutover is 0 or more."
    ) { subject, report in
        guard let count = subject.spec.updateStrategy?.minReadyForCutover, count < 0 else { return }
        report.add(minReadyPath, "\(count) is below 0; use 0 or more, 0 means all pods")
    }

    /// The page: values larger than `replicas` collapse to "wait for all".
    static let minReadyBeyondReplicas = Rule.warning(
        "min-ready-beyond-replicas", "minReadyForCutover is not above the number of replicas."
    ) { subject, report in
        let replicas = subject.spec.replicas ?? 1
        guard let count = subject.spec.updateStrategy?.minReadyForCutover, replicas > 0, count > replicas else { return }
        report.add(minReadyPath, "\(count) is more than the \(replicas) replicas and means all of them; use \(replicas) or less")
    }

    static let removedStrategy = Rule.warning(
        "removed-strategy", "The strategy is not Parallel."
    ) { subject, report in
        guard subject.spec.updateStrategy?.type == .parallel else { return }
        report.add("spec.updateStrategy.type", parallelRemoved)
    }

    static let parallelRemoved =
        "Parallel has been removed and works as RollingOrdered; set RollingOrdered, or RollingParallel with maxUnavailable"

    private static let maxUnavailablePath = "spec.updateStrategy.maxUnavailable"
    private static let minReadyPath = "spec.updateStrategy.minReadyForCutover"

    private static func percentage(_ text: String) -> Int? {
        guard text.hasSuffix("%"), (2...6).contains(text.utf8.count) else { return nil }
        let digits = text.dropLast()
        return digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(digits) : nil
    }
}
