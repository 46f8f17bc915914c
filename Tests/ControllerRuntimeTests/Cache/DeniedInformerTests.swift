import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// An informer on what may not be read.
@Suite struct DeniedInformerTests {
    private let cluster = Cluster()

    private func informer(toleratesDenial: Bool) -> Informer<Item> {
        var time = TimeSource.system
        time.sleep = { _ in try await Task.sleep(for: .milliseconds(1)) }
        return Informer(
            client: cluster.client(time: time), resource: .storageClasses, toleratesDenial: toleratesDenial)
    }

    private func deny(_ isDenied: Shared<Bool>) {
        cluster.server.faults.intercept { request in
            guard isDenied.value, request.path.hasSuffix("/storageclasses") else { return nil }
            let status: JSONValue = ["kind": "Status", "status": "Failure", "code": 403, "reason": "Forbidden", "message": "no"]
            return HTTPResponse(
                status: 403, headers: HTTPHeaders([("Content-Type", "application/json")]), body: status.serialized())
        }
    }

    /// Where that is tolerated it is empty and nobody waits for it; once reading is allowed it has everything.
    @Test func isEmptyUntilAllowed() async throws {
        let isDenied = Shared(true)
        deny(isDenied)
        let informer = informer(toleratesDenial: true)
        let running = Task { try await informer.run() }
        await eventually { informer.hasSynced }
        #expect(informer.all.isEmpty)
        isDenied.change { $0 = false }
        await eventually { informer[ObjectKey(name: "standard")] != nil }
        running.cancel()
        _ = try? await running.value
    }

    /// Elsewhere it is waited for.
    @Test func isWaitedForElsewhere() async throws {
        let isDenied = Shared(true)
        deny(isDenied)
        let lists = Recorded<String>()
        cluster.server.faults.audit { lists.append($0) }
        let informer = informer(toleratesDenial: false)
        let running = Task { try await informer.run() }
        await eventually { lists.all.count >= 3 }
        #expect(!informer.hasSynced)
        isDenied.change { $0 = false }
        await eventually { informer.hasSynced }
        running.cancel()
        _ = try? await running.value
    }
}
