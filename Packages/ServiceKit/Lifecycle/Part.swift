public import ServiceLifecycle

/// A piece of a service that runs until its task is cancelled: a cache, an elector, a controller.
public struct Part: Service, CustomStringConvertible {
    public let name: String
    private let operation: @Sendable () async throws -> Void

    public init(_ name: String, _ operation: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.operation = operation
    }

    public var description: String { name }

    /// Graceful shutdown cancels the operation and waits for it to return.
    public func run() async throws {
        do {
            try await cancelWhenGracefulShutdown(operation)
        } catch is CancellationError {
        }
    }
}

/// Starts last and stops first: opens readiness, and closes it before anything else goes away.
struct ReadinessGate: Service, CustomStringConvertible {
    let readiness: Readiness
    let started: Readiness.Target

    var description: String { "readiness" }

    func run() async throws {
        started.set(true)
        try? await gracefulShutdown()
        readiness.drain()
    }
}
