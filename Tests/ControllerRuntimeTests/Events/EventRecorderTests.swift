import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Logging
import Testing

@testable import ControllerRuntime

/// Events as they arrive at an API in the same process.
@Suite struct EventRecorderTests {
    private let cluster = Cluster()
    private let time = ManualTime()
    private let subject = EventRecorder.Subject(
        resource: .configMaps, key: ObjectKey(namespace: "default", name: "taxi"), uid: "11111111-0000-0000-0000-000000000001")

    private func recorder() -> EventRecorder {
        var client = cluster.client(time: time.source)
        client.retry = .never
        return EventRecorder(
            client: client, executable: "controller", instance: "replica-1", logger: .silent, wall: { time.wall })
    }

    private func event(_ note: String) -> EventRecorder.Event {
        EventRecorder.Event(isWarning: true, reason: "Failed", action: "Reconcile", note: note)
    }

    private func stored() async throws -> [JSONValue] {
        try await cluster.client().list(.events, namespace: "default").items
    }

    /// What was recorded is there, whole; what repeats becomes a series of it.
    @Test func writesAndCounts() async throws {
        let recorder = recorder()
        let running = Task { await recorder.run() }
        recorder.record(event("no space"), on: subject)
        await eventually { (try? await stored().count) == 1 }
        let first = try #require(try await stored().first)
        #expect(first["note"] == "no space")
        #expect(first["reason"] == "Failed")
        #expect(first["type"] == "Warning")
        #expect(first["reportingController"] == "spice.ai/controller")
        #expect(first["reportingInstance"] == "replica-1")
        #expect(first[path: "regarding", "name"] == "taxi")
        #expect(first[path: "regarding", "uid"]?.stringValue == subject.uid)
        #expect(first["series"] == nil)

        for _ in 0..<3 {
            recorder.record(event("no space"), on: subject)
            time.advance(by: .seconds(100))
        }
        recorder.record(event("no space"), on: subject)
        await eventually { (try? await stored().first?[path: "series", "count"]) == 5 }
        #expect(try await stored().count == 1)
        running.cancel()
        await running.value
    }

    /// A replica that tells the same after a restart adds to the event of the one before.
    @Test func goesOnAfterARestart() async throws {
        for _ in 0..<2 {
            let recorder = recorder()
            recorder.record(event("no space"), on: subject)
            let running = Task { await recorder.run() }
            await eventually { (try? await stored().count) == 1 }
            running.cancel()
            await running.value
        }
        #expect(try await stored().map { $0[path: "series", "count"] } == [2])
    }

    /// What was accepted before the stop is written; what comes after is not.
    @Test func flushesOnStop() async throws {
        let recorder = recorder()
        for number in 0..<10 { recorder.record(event("number \(number)"), on: subject) }
        let running = Task { await recorder.run() }
        running.cancel()
        await running.value
        recorder.record(event("too late"), on: subject)
        #expect(try await stored().count == 10)
    }

    /// An API that does not answer holds up neither the reconciles nor, for long, the stop; what was not written is told again.
    @Test func troubleHoldsNothingUp() async throws {
        let recorder = recorder()
        cluster.server.faults.intercept { _ in HTTPResponse(status: 503, headers: HTTPHeaders([]), body: []) }
        let running = Task { await recorder.run() }
        let tries = Recorded<String>()
        cluster.server.faults.audit { tries.append($0) }
        recorder.record(event("no space"), on: subject)
        await eventually { tries.all.count == 1 }
        cluster.server.faults.intercept(nil)
        await eventually {
            recorder.record(event("no space"), on: subject)
            return (try? await stored().count) == 1
        }
        running.cancel()
        await running.value
    }

    /// A recorder that cannot get rid of its events gives up after a few seconds.
    @Test func theFlushIsBounded() async throws {
        let silent = SilentTransport()
        var client = KubernetesClient(transport: silent, fieldManager: "test", userAgent: "test")
        client.time = time.source
        let recorder = EventRecorder(
            client: client, executable: "controller", instance: "replica-1", logger: .silent, wall: { time.wall })
        for number in 0..<5 { recorder.record(event("number \(number)"), on: subject) }
        let running = Task { await recorder.run() }
        await eventually { silent.requests.all.count == 1 }
        running.cancel()
        await eventually { time.deadlines.contains(time.now + .seconds(3)) }
        time.advance(by: .seconds(3))
        await running.value
    }
}

/// Never answers.
private struct SilentTransport: HTTPTransport {
    let requests = Recorded<String>()

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        requests.append(request.path)
        try await ManualTime().source.sleep(.seconds(1))
        throw CancellationError()
    }

    func open(_ request: HTTPRequest) async throws -> HTTPStream { throw CancellationError() }
}
