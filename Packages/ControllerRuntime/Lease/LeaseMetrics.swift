import CoreMetrics

/// Which Leases this replica holds, under client-go's name for it.
struct LeaseMetrics: Sendable {
    private let held: [Gauge]

    init(names: [String]) {
        held = names.map { Gauge(label: "leader_election_master_status", dimensions: [("name", $0)]) }
        for gauge in held { gauge.record(0) }
    }

    func report(_ slice: Int, isHeld: Bool) { held[slice].record(isHeld ? 1 : 0) }
}
