public import Logging
import Synchronization

/// The level that all loggers of the process share, adjustable while they run.
public final class LogLevel: Sendable {
    private let rank: Atomic<Int>

    public init(_ level: Logger.Level) {
        rank = Atomic(Self.rank(of: level))
    }

    public var current: Logger.Level {
        get { Logger.Level.allCases[rank.load(ordering: .relaxed)] }
        set { rank.store(Self.rank(of: newValue), ordering: .relaxed) }
    }

    private static func rank(of level: Logger.Level) -> Int {
        Logger.Level.allCases.firstIndex(of: level) ?? 0
    }
}
