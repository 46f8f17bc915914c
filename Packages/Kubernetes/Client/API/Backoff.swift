/// Exponential delays with jitter.
public struct Backoff: Sendable, Hashable {
    public var initial: Duration
    public var factor: Double
    public var maximum: Duration

    public init(initial: Duration, factor: Double = 2, maximum: Duration) {
        self.initial = initial
        self.factor = factor
        self.maximum = maximum
    }

    /// The delay after the `failures`-th failure in a row (from 1): the full delay less up to half of it by `random` in 0..<1,
    /// so that clients which failed together do not come back together.
    public func delay(failures: Int, random: Double) -> Duration {
        var delay = initial
        var steps = failures - 1
        while steps > 0, delay < maximum {
            delay = delay * factor
            steps -= 1
        }
        return min(delay, maximum) * (1 - random / 2)
    }
}
