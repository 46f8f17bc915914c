import JSON
import SpiceTypes

/// SpicepodCluster page: what nodes of a cluster can be told.
extension Rule {
    static let executorProbes = Rule.error(
        "executor-probes", "Executors of a SpicepodCluster have no probes."
    ) { subject, report in
        guard subject.isExecutor, subject.spec.probes != nil else { return }
        report.add(
            "spec.probes",
            "are not for executors, which serve nothing that could be probed; remove them, or write them for the schedulers")
    }

    /// A warning, because the page's own example has none and must be taken; runtimes of 2.x do not start without it.
    static let stateLocation = Rule.warning(
        "state-location", "The Spicepod of a cluster says where the schedulers keep their state: runtime.scheduler.state_location."
    ) { subject, report in
        guard subject.isScheduler, let spicepod = subject.spec.spicepod, case .object = spicepod else { return }
        let location = spicepod["runtime"]?["scheduler"]?["state_location"]
        guard location ?? .null == .null || location == "" else { return }
        report.add(
            "spec.spicepod.runtime.scheduler.state_location",
            "is missing, and schedulers of current runtimes do not start without it; name an object store such as s3://bucket/path")
    }

    static let insecureConnections = Rule.warning(
        "insecure-connections", "Nodes of a cluster talk with mutual TLS."
    ) { subject, report in
        guard subject.spec.cluster?.usesMutualTLS == false else { return }
        report.add(
            "spec.cluster.allowInsecureConnections",
            "leaves everything between the nodes unencrypted, and lets anybody join; remove it outside of development")
    }

    /// upgrades.md: with it upgrades are without downtime, schedulers one at a time.
    static let schedulerStrategy = Rule.warning(
        "scheduler-strategy", "Where a cluster has several schedulers, they are upgraded with RollingOrdered."
    ) { subject, report in
        guard subject.isScheduler, subject.spec.replicas ?? 1 > 1, let type = subject.spec.updateStrategy?.type,
            type != .rollingOrdered, type != .parallel
        else { return }
        report.add(
            "spec.updateStrategy.type",
            "\(type.rawValue) does not upgrade schedulers one at a time, so queries may fail meanwhile; use RollingOrdered")
    }
}
