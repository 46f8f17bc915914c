struct Ownership: Invariant {
    let id = "ownership"
    let sentence = "a replica of a generation has one workload"

    mutating func check(_ moment: Moment) -> String? {
        guard case .workload(nil, let made?) = moment.change, let version = made.name.version else { return nil }
        guard made.version != version else { return nil }
        return "\(made.name.text) was made for version \(made.version ?? "none")"
    }
}
