import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// What signals do: the first begins a graceful shutdown, the second ends the process at once.
actor Shutdown {
    private let logger: Logger
    private var group: ServiceGroup?
    private(set) var isRequested = false

    init(logger: Logger) {
        self.logger = logger
    }

    func started(_ group: ServiceGroup) {
        self.group = group
    }

    func watch(_ signals: UnixSignalsSequence) async {
        await withTaskGroup(of: Void.self) { tasks in
            for await signal in signals {
                guard !isRequested else {
                    logger.warning("Ending at once", metadata: ["signal": .string("\(signal)")])
                    _exit(128 + signal.rawValue)
                }
                isRequested = true
                logger.info("Shutting down", metadata: ["signal": .string("\(signal)")])
                // Before the parts run nothing is held that would have to be given back.
                guard let group else { _exit(0) }
                await group.triggerGracefulShutdown()
                tasks.addTask { await self.enforceLimit() }
            }
            tasks.cancelAll()
        }
    }

    private func enforceLimit() async {
        guard (try? await Task.sleep(for: ServiceProcess.hardLimit)) != nil else { return }
        logger.error("Shutdown took too long")
        _exit(1)
    }
}
