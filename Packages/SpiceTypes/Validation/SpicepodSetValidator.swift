import KubernetesModel
public import SpiceTypes

/// What is wrong with a SpicepodSet. Pure, and the same for the webhook, the reconciler and the command line.
public enum SpicepodSetValidator {
    /// All rules, in the order in which they tell.
    public static let rules: [Rule] = [
        .setName, .validationLevel,
        .spicepodObject, .spicepodSize, .spicepodSchema, .spicepodNames, .spicepodUnknownKey, .spicepodDeprecatedKey,
        .reservedKeys, .labelSyntax, .annotationSyntax,
        .image, .ports, .resources, .environment, .duplicateEnvironment, .references,
        .volumeNames, .volumeMounts, .unmountedVolume, .mountPaths, .storageRequest, .storageShrunk, .storageClassExists,
        .volumeImmutable, .serviceAccount,
        .replicas, .maxUnavailable, .unusedMaxUnavailable, .minReadyForCutover, .minReadyBeyondReplicas, .removedStrategy,
        .standbyRetention, .unusedRetention, .progressDeadline, .gracePeriod, .shortGracePeriod, .probes,
        .dnsConfig, .networkRules, .dnsEgress, .clusterPeers,
        .clusterAddresses, .loopbackAddress, .executorProbes, .stateLocation, .insecureConnections, .schedulerStrategy,
    ]

    /// Everything at once: nobody wants to find the next mistake with the next try. At most about a hundred findings.
    public static func findings(_ set: SpicepodSet, _ context: ValidationContext = .init()) -> [Finding] {
        let subject = Subject(set, context)
        var summary = Summary()
        for rule in rules {
            var report = Report(rule: rule.id, severity: rule.severity)
            rule.check(subject, &report)
            summary.add(report)
        }
        let findings = summary.cut()
        guard let old = context.old, leavesSpecAlone(set, old) else { return findings }
        let known = Set(Self.findings(old, context.former))
        return findings.map { finding in
            var finding = finding
            if known.contains(finding) { finding.severity = .warning }
            return finding
        }
    }

    /// The errors that hold the reconciler up: at `err` all of them, else those without which no right workload can be made.
    public static func blocking(_ findings: [Finding], at level: ValidationLevel) -> [Finding] {
        findings.filter { $0.severity == .error && (level == .err || isEssential($0)) }
    }

    static func isEssential(_ finding: Finding) -> Bool { essential.contains(finding.rule) }

    private static let essential = Set(rules.filter(\.isEssential).map(\.id))

    /// Pausing, scaling, and a change of labels or finalizers must go through whatever was wrong before: an operator that pauses
    /// a failing set does not mend it.
    private static func leavesSpecAlone(_ set: SpicepodSet, _ old: SpicepodSet) -> Bool {
        var (new, before) = (set.spec, old.spec)
        (new.replicas, before.replicas) = (nil, nil)
        let level = AnnotationKey.validationLevel
        return new == before && set.metadata.annotations?[level] == old.metadata.annotations?[level]
    }
}
