/// Time and chance as this module sees them, so that tests and simulations can give their own.
public struct TimeSource: Sendable {
    /// Monotonic, from an arbitrary start.
    public var now: @Sendable () -> Duration
    /// Throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// In 0..<1.
    public var random: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    public init<C: Clock>(_ clock: C, random: @escaping @Sendable () -> Double = { .random(in: 0..<1) })
    where C.Duration == Duration {
        let start = clock.now
        self.init(
            now: { start.duration(to: clock.now) },
            sleep: { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) },
            random: random)
    }

    public static let system = TimeSource(ContinuousClock())
}
