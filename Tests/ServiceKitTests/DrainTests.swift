import ServiceKit
import ServiceLifecycle
import Testing

/// A service leaves in the right order: not ready any more, parts in reverse, running requests, servers.
@Suite(.timeLimit(.minutes(5))) struct DrainTests {
    @Test func order() async throws {
        let host = try testHost()
        let process = try await ServiceProcess(host)
        let health = process.healthAddress
        let journal = Journal()
        let running = Gate()
        let leases = Part("leases") {
            await Gate().wait()
            journal.note("leases released")
        }
        let workers = Part("workers") {
            running.open()
            await Gate().wait()
            // Cancelled itself: what it asks runs on a task of its own.
            let ready = await Task { try? await RawClient.exchange(health, "GET /ready") }.value ?? ""
            journal.note(ready.hasPrefix("HTTP/1.1 503") && ready.contains("not ready: shutdown\n") ? "not ready" : ready)
            journal.note("workers stopped")
        }
        let group = process.group([leases, workers])
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            await running.wait()
            #expect(try await RawClient.exchange(health, "GET /health").hasSuffix("OK"))
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(journal.entries == ["not ready", "workers stopped", "leases released"])
        await #expect(throws: (any Error).self) { try await RawClient.connect(health) }
    }

    @Test func runningRequestIsAnsweredAndIdleConnectionEnded() async throws {
        let entered = Gate()
        let go = Gate()
        let server = try await HTTPServer.bind(
            endpoint: "test", address: ListenAddress(host: "127.0.0.1", port: 0), group: testHost().eventLoops,
            logger: quietLogger()
        ) { request in
            guard request.path == "/slow" else { return .text("quick") }
            entered.open()
            await go.wait()
            return .text("done")
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: server)], logger: quietLogger()))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let idle = try await RawClient.connect(server.address)
            try await idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await idle.read(until: "quick")
            let busy = try await RawClient.connect(server.address)
            try await busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await entered.wait()
            await group.triggerGracefulShutdown()
            #expect(await idle.readToEnd() == "")
            go.open()
            #expect(await busy.readToEnd().hasSuffix("done"))
            try await tasks.waitForAll()
        }
    }

    @Test func hangingRequestIsCutOffAfterTheDrainTimeout() async throws {
        var limits = HTTPServerLimits()
        limits.drainTimeout = .milliseconds(100)
        let entered = Gate()
        let cancelled = Gate()
        try await withServer(
            limits: limits,
            { _ in
                entered.open()
                await Gate().wait()
                cancelled.open()
                return .text("never")
            }
        ) { address in
            let connection = try await RawClient.connect(address)
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await entered.wait()
        }
        await cancelled.wait()
    }

    @Test func failingPartEndsTheOthers() async throws {
        let process = try await ServiceProcess(testHost())
        let stopped = Gate()
        let group = process.group([
            Part("other") {
                await Gate().wait()
                stopped.open()
            },
            Part("broken") { throw ServiceError("broken") },
        ])
        let error = await #expect(throws: ServiceError.self) { try await group.run() }
        #expect(error?.message == "broken")
        await stopped.wait()
    }
}
