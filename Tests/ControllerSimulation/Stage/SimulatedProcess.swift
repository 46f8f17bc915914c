package import ControllerRuntime
package import KubernetesClient
package import KubernetesModel

/// One life of a service: caches, queues and reconcilers, thrown away when it crashes.
package final class SimulatedProcess: @unchecked Sendable {
    /// A queue and what is done for each of its keys.
    struct Controller {
        var queue = WorkQueueState<ObjectKey>()
        let reconcile: (ObjectKey) async throws -> Duration?
    }

    private let clock: VirtualClock
    var feed: WatchFeed
    var controllers: [Controller] = []

    package init(_ clock: VirtualClock, watches: [any WatchFed]) {
        self.clock = clock
        feed = WatchFeed(watches)
    }

    /// - Parameter reconcile: gives the time after which to look again; an error that is no `ReconcileError` is tried again.
    /// - Returns: its number, for `enqueue`.
    package func addController(_ reconcile: @escaping (ObjectKey) async throws -> Duration?) -> Int {
        controllers.append(Controller(reconcile: reconcile))
        return controllers.count - 1
    }

    package func enqueue(_ key: ObjectKey, for controller: Int) {
        controllers[controller].queue.add(key, now: clock.now)
    }

    /// Controllers with something to do now.
    var due: [Int] {
        controllers.indices.filter { index in
            controllers[index].queue.release(clock.now)
            return controllers[index].queue.depth > 0
        }
    }

    /// When one of them has something to do by itself.
    var nextDeadline: Duration? { controllers.compactMap { $0.queue.nextDeadline }.min() }

    /// Works on the next key of a controller.
    /// - Returns: why it has to be tried again.
    func reconcile(_ index: Int) async -> (any Error)? {
        guard let (key, _) = controllers[index].queue.next(now: clock.now) else { return nil }
        defer { controllers[index].queue.done(key, now: clock.now) }
        do {
            let delay = try await controllers[index].reconcile(key)
            controllers[index].queue.forget(key)
            if let delay { controllers[index].queue.add(key, at: clock.now + delay) }
            return nil
        } catch {
            retry(index, key, error)
            return error
        }
    }

    private func retry(_ index: Int, _ key: ObjectKey, _ error: any Error) {
        switch error as? ReconcileError {
        case .stalled: controllers[index].queue.forget(key)
        case .waiting(let delay, _):
            controllers[index].queue.forget(key)
            controllers[index].queue.add(key, at: clock.now + delay)
        case .transient, nil: controllers[index].queue.retry(key, now: clock.now, random: 0.5)
        }
    }
}

/// A service of the suite, through all its lives.
package final class SimulatedService: @unchecked Sendable {
    package let name: String
    package var faults = ArmedFaults()
    /// nil while it is down.
    package internal(set) var process: SimulatedProcess?
    /// A planted bug: what it sends is not what it means to.
    package var rewrite: ((inout HTTPRequest) -> Void)?
    var client: KubernetesClient?
    let start: (KubernetesClient) throws -> SimulatedProcess

    /// - Parameters:
    ///   - name: of the executable: its field manager and user agent follow from it.
    ///   - start: makes a new life, with empty caches.
    package init(_ name: String, start: @escaping (KubernetesClient) throws -> SimulatedProcess) {
        self.name = name
        self.start = start
    }
}

/// By whose hand a change came.
package enum Actor: Sendable, Hashable {
    case service(String)
    case user, cluster, fault

    package var text: String {
        switch self {
        case .service(let name): name
        case .user: "user"
        case .cluster: "cluster"
        case .fault: "fault"
        }
    }
}
