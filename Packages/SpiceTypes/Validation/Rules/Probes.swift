import SpiceTypes

extension Rule {
    static let probes = Rule.error(
        "probes", isEssential: true, "Timings of the probes are such as the API server takes."
    ) { subject, report in
        guard let probes = subject.spec.probes else { return }
        for (name, timings) in [("liveness", probes.liveness), ("readiness", probes.readiness), ("startup", probes.startup)] {
            guard let timings else { continue }
            let path = "spec.probes.\(name)"
            for (field, value, least) in [
                ("initialDelaySeconds", timings.initialDelaySeconds, Int32(0)), ("timeoutSeconds", timings.timeoutSeconds, 1),
                ("periodSeconds", timings.periodSeconds, 1), ("successThreshold", timings.successThreshold, 1),
                ("failureThreshold", timings.failureThreshold, 1),
            ] {
                guard let value, value < least else { continue }
                report.add("\(path).\(field)", "\(value) is out of range; use \(least) or more")
            }
            if name != "readiness", let successes = timings.successThreshold, successes > 1 {
                report.add("\(path).successThreshold", "\(successes) is for readiness alone; use 1, or leave it out")
            }
        }
    }
}
