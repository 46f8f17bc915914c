package import KubernetesClient
package import KubernetesModel
import Synchronization

/// Time that passes only when the simulation says so; sleeping is letting it pass.
package final class VirtualClock: Sendable {
    private static let start = Timestamp(unixSeconds: 1_800_000_000)
    private let elapsed = Mutex(Duration.zero)
    private let chance: Mutex<SeededRandom>
    private let whileAsleep = Mutex<(@Sendable () -> Void)?>(nil)

    package init(seed: UInt64) {
        chance = Mutex(SeededRandom(seed: seed, stream: 2))
    }

    package var now: Duration { elapsed.withLock { $0 } }
    package var wall: Timestamp { Self.start + now }

    package func advance(_ duration: Duration) { elapsed.withLock { $0 += duration } }

    /// What the others do while somebody sleeps.
    func onSleep(_ body: (@Sendable () -> Void)?) { whileAsleep.withLock { $0 = body } }

    private func sleep(_ duration: Duration) {
        advance(duration)
        whileAsleep.withLock { $0 }?()
    }

    package var source: TimeSource {
        TimeSource(
            now: { self.now }, sleep: { self.sleep($0) },
            random: { self.chance.withLock { Double($0.below(1000)) / 1000 } })
    }
}
