import SpiceTypes

extension Rule {
    static let replicas = Rule.error("replicas", isEssential: true, "There are 0 to 10000 replicas.") { subject, report in
        guard let replicas = subject.spec.replicas, !(0...10000).contains(replicas) else { return }
        report.add("spec.replicas", "\(replicas) is out of range; use 0 to 10000, 0 pauses the set")
    }
}
