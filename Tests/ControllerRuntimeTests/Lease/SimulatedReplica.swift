import KubernetesModel

@testable import ControllerRuntime

/// A replica with clocks of its own: they run up to 5 % fast or slow, and its wall clock is off by up to hours.
struct SimulatedReplica {
    let id: Int
    let identity: String
    var group: LeaseGroup
    private let rate: Double
    private let start: Duration
    private let wallOffset: Duration
    var isAlive = true
    var isStopping = false
    var isWatching = true
    /// Neither its requests nor the server's answers get through until then.
    var cutOffUntil: Duration = .zero

    init(id: Int, slices: Int, seed: UInt64, random: inout SplitMix64) {
        self.id = id
        identity = "replica-\(id)"
        group = LeaseGroup(
            namespace: "system", name: "controller", slices: slices, identity: identity, timing: LeaseTiming(), seed: seed)
        rate = 0.95 + 0.1 * random.unit()
        start = random.duration(0...100_000)
        wallOffset = random.duration(-10_000...10_000)
    }

    func local(_ global: Duration) -> Duration { start + global * rate }
    func global(_ local: Duration) -> Duration { (local - start) / rate }

    func wall(_ global: Duration) -> Timestamp { Timestamp(unixSeconds: 1_800_000_000) + global + wallOffset }

    func holds(_ slice: Int, _ global: Duration) -> Bool {
        isAlive && group.heldUntil(slice).map { local(global) < $0 } ?? false
    }

    mutating func step(_ input: LeaseGroup.Input, _ global: Duration) -> [LeaseGroup.Action] {
        group.step(input, now: local(global), wall: wall(global))
    }
}
