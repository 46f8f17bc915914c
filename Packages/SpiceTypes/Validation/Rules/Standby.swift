import SpiceTypes

extension Rule {
    static let standbyRetention = Rule.error(
        "standby-retention", "retentionPeriodSeconds is 0 or more."
    ) { subject, report in
        guard let seconds = subject.spec.standbyVersion?.retentionPeriodSeconds, seconds < 0 else { return }
        report.add("spec.standbyVersion.retentionPeriodSeconds", "\(seconds) is below 0; use 0 or more")
    }

    /// 900 is the default that the API server writes.
    static let unusedRetention = Rule.warning(
        "unused-retention", "retentionPeriodSeconds is given only with enabled: true."
    ) { subject, report in
        guard let standby = subject.spec.standbyVersion, standby.enabled != true, let seconds = standby.retentionPeriodSeconds,
            seconds != 900
        else { return }
        report.add("spec.standbyVersion.retentionPeriodSeconds", "has no effect without enabled: true; set it, or remove this")
    }
}
