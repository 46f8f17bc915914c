import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// A whole controller on an API in the same process.
@Suite struct MirrorControllerTests {
    private let cluster = Cluster()
    private let writes = Recorded<String>()

    init() {
        cluster.server.faults.audit { [writes] line in
            let isRead = ["get", "list", "watch"].contains { line.contains("\"verb\":\"\($0)\"") }
            if !isRead, line.contains("\"userAgent\":\"mirror\"") { writes.append(line) }
        }
    }

    private func controller() -> MirrorController {
        MirrorController(
            client: KubernetesClient(
                transport: InProcessTransport(cluster.server), fieldManager: MirrorController.manager, userAgent: "mirror"))
    }

    private func make(_ name: String, _ value: String) async throws {
        _ = try await cluster.client("user").create(
            .configMaps,
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": .string(name), "namespace": "default", "labels": ["mirror": "source"]],
                "data": ["value": .string(value)],
            ])
    }

    private func value(_ name: String) async -> String? {
        let key = ObjectKey(namespace: "default", name: name)
        return (try? await cluster.client().get(.configMaps, key))?[path: "data", "value"]?.stringValue
    }

    /// One write makes a copy, one changes it; a copy that is tampered with or deleted is put right; and nothing else is written.
    @Test func writesWhatIsNeeded() async throws {
        try await make("one", "1")
        let mirror = controller()
        let running = Task { await mirror.run() }
        await eventually { await value("one-copy") == "1" }
        try await make("two", "2")
        await eventually { await value("two-copy") == "2" }
        await settled(mirror)
        #expect(writes.all.count == 2)

        let (source, copy) = (ObjectKey(namespace: "default", name: "one"), ObjectKey(namespace: "default", name: "one-copy"))
        _ = try await cluster.client("user").patch(.configMaps, source, .merge(["data": ["value": "new"]]))
        await eventually { await value("one-copy") == "new" }
        _ = try await cluster.client("user").patch(.configMaps, copy, .merge(["data": ["value": "drifted"]]))
        await eventually { await value("one-copy") == "new" && writes.all.count == 4 }
        try await cluster.client("user").delete(.configMaps, copy)
        await eventually { await value("one-copy") == "new" }
        await settled(mirror)
        #expect(writes.all.count == 5)

        // what others say about the source beside its data is looked at, and nothing comes of it
        let before = mirror.reconciles.all.count
        for number in 0..<20 {
            let note: JSONValue = ["metadata": ["annotations": ["note": .string("\(number)")]]]
            _ = try await cluster.client("user").patch(.configMaps, source, .merge(note))
        }
        await eventually { mirror.reconciles.all.count > before }
        await settled(mirror)
        #expect(writes.all.count == 5)
        running.cancel()
        await running.value
    }

    /// A controller that starts anew finds everything as it should be and writes nothing.
    @Test func aRestartWritesNothing() async throws {
        for number in 0..<20 { try await make("set-\(number)", "\(number)") }
        for round in 0..<3 {
            let mirror = controller()
            let running = Task { await mirror.run() }
            await eventually { Set(mirror.reconciles.all).count == 20 }
            await settled(mirror)
            #expect(writes.all.count == 20, "round \(round)")
            running.cancel()
            await running.value
        }
    }

    /// Killed between any two requests, it goes on where it was: nothing is made twice.
    @Test(arguments: 0...5) func aCrashLosesNothing(after requests: Int) async throws {
        for number in 0..<3 { try await make("set-\(number)", "\(number)") }
        let left = Shared(requests)
        cluster.server.faults.intercept { request in
            guard request.headers.contains(where: { $0.value == "mirror" }),
                request.method != .get || request.path.hasSuffix("-copy")
            else { return nil }
            let isAlive = left.change { left in
                left -= 1
                return left >= 0
            }
            return isAlive ? nil : HTTPResponse(status: 400, headers: HTTPHeaders([]), body: [])
        }
        let first = controller()
        let crashing = Task { await first.run() }
        await eventually { left.value < 0 }
        crashing.cancel()
        await crashing.value
        cluster.server.faults.intercept(nil)
        let second = controller()
        let running = Task { await second.run() }
        for number in 0..<3 { await eventually { await value("set-\(number)-copy") == "\(number)" } }
        await settled(second)
        let successes = writes.all.filter { $0.contains(#""code":201"#) || $0.contains(#""code":200"#) }
        #expect(successes.count == 3)
        running.cancel()
        await running.value
    }

    /// Nothing waits, nothing is worked on, and the caches know what the server has.
    private func settled(_ mirror: MirrorController) async {
        await eventually {
            let items = try? await cluster.client().list(.configMaps, namespace: "default", selector: Selector(labels: "mirror"))
                .items
            let known = (mirror.sources.all.map(\.identity) + mirror.copies.all.map(\.identity)).map(\.resourceVersion)
            let there = (items ?? []).compactMap { $0[path: "metadata", "resourceVersion"]?.stringValue }
            return Set(known) == Set(there) && mirror.controller.queue.isIdle
        }
    }
}
