import ControllerSimulation
import SpiceTypes

/// A seed's users and faults, drawn before anything happens: what is left out of it changes nothing else in it.
struct Script: SimulationScript {
    let seed: UInt64
    var start: UserSpec
    /// Both roles are rolled in order from the beginning to the end.
    let isOrdered: Bool
    var beats: [Beat<Decision>]

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        self.seed = seed
        start = UserSpec()
        for role in ClusterRole.allCases { start.replicas[role] = random.pick([1, 2, 2, 2, 3]) }
        start.isInsecure = random.happens(25)
        isOrdered = random.happens(75)
        if !isOrdered { for role in ClusterRole.allCases { start.strategies[role] = random.pick(UserSpec.Strategy.allCases) } }
        var writer = Writer(isOrdered: isOrdered, versions: [start.parts])
        // Some seeds have patient users and few faults: long stretches in which an upgrade gets somewhere.
        let isCalm = random.happens(40)
        let count = 4 + random.below(11)
        beats = (0..<count).map { _ in
            Beat(gap: Self.gap(&random, isCalm), decision: writer.next(&random, faults: isCalm ? 25 : 50))
        }
    }

    private static func gap(_ random: inout SeededRandom, _ isCalm: Bool) -> Int {
        switch random.below(10) {
        case 0...2: random.below(4)
        case 3...7: 5 + random.below(isCalm ? 60 : 25)
        default: 30 + random.below(isCalm ? 160 : 60)
        }
    }
}

/// Draws one decision after the other.
private struct Writer {
    let isOrdered: Bool
    var versions: [ClusterParts]
    var serial = 0

    mutating func next(_ random: inout SeededRandom, faults: Int) -> Decision {
        random.happens(faults) ? fault(&random) : edit(&random)
    }

    private mutating func edit(_ random: inout SeededRandom) -> Decision {
        switch random.below(100) {
        case 0..<42: .upgrade(version(&random))
        case 42..<54: .revert(1 + random.below(3))
        case 54..<68: .scale(random.pick(ClusterRole.allCases), random.pick([0, 1, 1, 2, 2, 2, 3, 3]))
        case 68..<73: .insecure(random.happens(40))
        case 73..<81: rotation()
        case 81..<84: .deleteCluster
        case 84..<88:
            isOrdered
                ? .upgrade(version(&random))
                : .strategy(random.pick(ClusterRole.allCases), random.pick(UserSpec.Strategy.allCases))
        default:
            .deleteChild(random.pick([.set, .discovery, .service, .statefulSet, .statefulSet, .pod, .pod]), random.below(8))
        }
    }

    private mutating func rotation() -> Decision {
        serial += 1
        return .rotate(serial)
    }

    private mutating func version(_ random: inout SeededRandom) -> ClusterParts {
        var parts = versions[versions.count - 1]
        serial += 1
        let change = random.below(7)
        for role in ClusterRole.allCases {
            guard change == 6 || change % 2 == (role == .scheduler ? 0 : 1) else { continue }
            if random.happens(50) { parts[role].tag = serial } else { parts[role].environment = serial }
            parts[role].trouble = random.happens(12) ? random.pick(NodeParts.Trouble.allCases) : nil
        }
        if change == 5 || random.happens(10) { parts.definition = serial }
        versions.append(parts)
        return parts
    }

    private func fault(_ random: inout SeededRandom) -> Decision {
        let service = random.pick(Decision.Service.allCases)
        switch random.below(40) {
        case 0..<11: return .request(service, random.pick(RequestFault.allCases), after: random.below(8))
        case 11..<14: return .relist(service, random.below(16))
        case 14..<19: return .crash(service, afterWrites: random.below(6))
        case 19..<22: return .service(service, isUp: random.happens(40))
        case 22..<25: return .pod(.unready, random.below(8))
        case 25: return .pod(.crash, random.below(8))
        case 26..<28: return .healPods
        case 28..<30: return .node(isDown: random.happens(40), random.below(2))
        case 30..<34: return .leaf(random.pick(Decision.SecretFault.allCases), random.below(8))
        case 34..<37: return .authority(random.pick(Decision.SecretFault.allCases))
        case 37..<39: return .pass(hours: random.pick([1, 24, 1000, 1500, 5000, 60_000, 90_000]))
        default: return .clock(hours: random.pick([-2, -1, 0, 1, 1600, -1000]))
        }
    }
}
