import ControllerSimulation

/// A seed's users and faults, drawn before anything happens: what is left out of it changes nothing else in it.
struct Script: SimulationScript {
    let seed: UInt64
    var start: UserSpec
    var beats: [Beat<Decision>]

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        self.seed = seed
        start = Self.start(&random)
        var writer = Writer(versions: [start.version], hasVolume: start.volume != nil)
        // Some seeds have patient users and few faults: long stretches in which a rollout gets somewhere.
        let isCalm = random.happens(40)
        let count = 6 + random.below(20)
        beats = (0..<count).map { _ in
            Beat(gap: Self.gap(&random, isCalm), decision: writer.next(&random, faults: isCalm ? 20 : 45))
        }
    }

    private static func start(_ random: inout SeededRandom) -> UserSpec {
        var spec = UserSpec()
        spec.replicas = random.pick([1, 1, 2, 2, 2, 3, 3, 5])
        spec.strategy = Writer.strategy(&random)
        spec.minReadyForCutover = random.happens(30) ? random.below(4) : nil
        spec.standby = random.happens(35) ? Writer.retention(&random) : nil
        spec.volume = random.happens(25) ? 1 : nil
        spec.hasService = !random.happens(5)
        return spec
    }

    private static func gap(_ random: inout SeededRandom, _ isCalm: Bool) -> Int {
        switch random.below(10) {
        case 0...2: random.below(3)
        case 3...7: 4 + random.below(isCalm ? 40 : 16)
        default: 20 + random.below(isCalm ? 100 : 40)
        }
    }
}

/// Draws one decision after the other.
private struct Writer {
    var versions: [VersionParts]
    var hasVolume: Bool
    var serial = 0

    static func strategy(_ random: inout SeededRandom) -> UserSpec.Strategy {
        switch random.below(6) {
        case 0, 1: .ordered
        case 2, 3: .parallel(maxUnavailable: random.pick(["1", "2", "9", "30%", "60%"]))
        default: .blueGreen
        }
    }

    static func retention(_ random: inout SeededRandom) -> Int { random.pick([0, 20, 60, 300, 900]) }

    mutating func next(_ random: inout SeededRandom, faults: Int) -> Decision {
        random.happens(faults) ? fault(&random) : edit(&random)
    }

    private mutating func edit(_ random: inout SeededRandom) -> Decision {
        switch random.below(100) {
        case 0..<30: .version(version(&random))
        case 30..<45: .revert(1 + random.below(3))
        case 45..<60: .scale(random.pick([0, 1, 1, 2, 2, 2, 3, 3, 4, 5]))
        case 60..<68: .strategy(Self.strategy(&random))
        case 68..<71: .minReadyForCutover(random.happens(30) ? nil : random.below(5))
        case 71..<78: .standby(random.happens(35) ? nil : Self.retention(&random))
        case 78..<80: .progressDeadline(random.happens(30) ? nil : random.pick([5, 60, 600]))
        case 80..<84: .service(random.happens(60))
        case 84..<86: hasVolume ? .growVolume : .version(version(&random))
        case 86..<91: .rollback(random.happens(65))
        case 91..<92: .deleteSet
        default:
            .deleteChild(
                random.pick([.service, .statefulSet, .statefulSet, .pod, .pod, .configMap, .headlessService]), random.below(8))
        }
    }

    private mutating func version(_ random: inout SeededRandom) -> VersionParts {
        var parts = versions[versions.count - 1]
        serial += 1
        switch random.below(4) {
        case 0: parts.tag = serial
        case 1: parts.environment = serial
        case 2: parts.spicepod = serial
        default: parts.label = serial
        }
        parts.trouble = random.happens(20) ? random.pick([.notReady, .crashes, .noImage]) : nil
        versions.append(parts)
        return parts
    }

    private func fault(_ random: inout SeededRandom) -> Decision {
        switch random.below(20) {
        case 0...6: .request(random.pick(RequestFault.allCases), after: random.below(10))
        case 7...9: .relist(random.below(16))
        case 10...13: .crash(afterWrites: random.below(10))
        case 14, 15: .pod(.unready, random.below(8))
        case 16: .pod(.crash, random.below(8))
        case 17: .healPods
        default: .node(isDown: random.happens(40), random.below(2))
        }
    }
}
