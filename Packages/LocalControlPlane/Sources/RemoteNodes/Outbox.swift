import KubernetesClient
import KubernetesModel
import Logging

/// Tells the API what the simulation wrote into the mirror: each object's writes in order, different objects at once.
struct Outbox: Sendable {
    var mirror: Mirror
    var client: KubernetesClient
    var logger: Logger

    private let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(10))

    init(mirror: Mirror, client: KubernetesClient, logger: Logger) {
        self.mirror = mirror
        self.client = client
        self.logger = logger
    }

    /// Runs until cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await _ in mirror.changes {
                for id in mirror.unsent() { group.addTask { await send(id) } }
            }
            group.cancelAll()
        }
    }

    private func send(_ id: Mirror.Identity) async {
        while !Task.isCancelled, let transfer = mirror.next(id) {
            do throws(APIError) {
                var base = transfer.base
                for write in transfer.writes {
                    base = try await write.perform(id.resource, id.key, base: base, client)
                    mirror.sent(id, base)
                }
            } catch {
                guard error.code != .cancelled else { return }
                await recover(id, error)
            }
        }
    }

    /// Who was overtaken looks again and lets the simulation decide anew; what may work later waits.
    private func recover(_ id: Mirror.Identity, _ error: APIError) async {
        if id.resource == .coreEvents { return mirror.drop(id) }
        let wasOvertaken = [.conflict, .notFound, .alreadyExists].contains(error.code)
        let failures = mirror.failed(id)
        logger.log(
            level: wasOvertaken ? .debug : .warning, "cannot write",
            metadata: ["object": "\(id)", "error": "\(error)", "failures": "\(failures)"])
        if !wasOvertaken || failures > 1 {
            try? await client.time.sleep(backoff.delay(failures: failures, random: client.time.random()))
        }
        guard !error.isRetryable, !Task.isCancelled else { return }
        do throws(APIError) {
            mirror.overrule(id, try await client.get(id.resource, id.key))
        } catch {
            if error.code == .notFound { mirror.overrule(id, nil) }
        }
    }
}
