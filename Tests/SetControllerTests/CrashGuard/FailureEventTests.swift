import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Logging
import SpiceTypes
import Synchronization
import Testing

@testable import SetController

/// Events are read pod by pod, only of pods that fail, and not too often.
@Suite final class FailureEventTests: Sendable {
    private let server = APIServer(seed: 1)
    private let clock = Mutex(Duration.seconds(1000))
    private let requests = Recorder()

    final class Recorder: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var reads: Int { lines.withLock { $0.count { $0.contains("/events?") } } }
    }

    private func reader() -> FailureEvents {
        var client = KubernetesClient(transport: InProcessTransport(server), fieldManager: "test", userAgent: "tests")
        client.time = TimeSource(now: { self.clock.withLock { $0 } }, sleep: { _ in }, random: { 0.5 })
        server.faults.audit { [requests] in requests.add($0) }
        return FailureEvents(client: client, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    private func record(_ reason: String, pod: String, count: JSONValue, series: JSONValue? = nil) async throws {
        let client = KubernetesClient(transport: InProcessTransport(server), fieldManager: "test", userAgent: "tests")
        var event: JSONValue = [
            "apiVersion": "v1", "kind": "Event",
            "metadata": ["name": .string("\(pod).\(reason.lowercased())"), "namespace": "default"],
            "involvedObject": ["kind": "Pod", "namespace": "default", "name": .string(pod), "uid": .string(pod)],
            "reason": .string(reason), "count": count, "type": "Warning", "message": "",
        ]
        if let series {
            event["series"] = ["count": series, "lastObservedTime": "2027-01-15T08:00:00.000000Z"]
            event["eventTime"] = "2027-01-15T08:00:00.000000Z"
            event["reportingComponent"] = "kubelet"
            event["reportingInstance"] = "node"
            event["action"] = "Starting"
        }
        let resource = ResourceType(group: "", version: "v1", plural: "events", kind: "Event")
        _ = try await client.create(resource, event)
    }

    private func world(_ pods: [ObservedPod]) -> World { World(set: Sample.set(), pods: pods, now: Pods.start) }

    @Test func countsTheFourReasonsOfThePodAlone() async throws {
        for (reason, count) in [("BackOff", 4), ("Evicted", 1), ("OOMKilling", 2), ("Failed", 3), ("Killing", 9), ("Pulled", 9)] {
            try await record(reason, pod: "a", count: .int(Int64(count)))
            try await record(reason, pod: "other", count: 50)
        }
        let found = try await reader().read(world([Pods.failing("a")]))
        #expect(found == ["a": ["backoff": 4, "evicted": 1, "oomkilling": 2, "failed": 3]])
    }

    @Test(arguments: [
        (#"{"metadata":{"name":"p.1"},"reason":"BackOff","count":7}"#, 7),
        (#"{"metadata":{"name":"p.1"},"reason":"BackOff","count":0,"series":{"count":6,"lastObservedTime":null}}"#, 6),
        (#"{"metadata":{"name":"p.1"},"reason":"BackOff","count":null,"series":null}"#, 1),
        (#"{"metadata":{"name":"p.1"},"reason":"BackOff"}"#, 1),
    ])
    func bothShapes(text: String, count: Int) throws {
        let event = try FailureEvent(parsing: Array(text.utf8))
        #expect(event.count == count)
        #expect(event.name == "1")
    }

    @Test func healthyPodsAreNotRead() async throws {
        var waiting = Pods.pod("waiting")
        waiting.trouble = .init(reason: "Unschedulable", message: "")
        var leaving = Pods.failing("leaving")
        leaving.isTerminating = true
        var old = Pods.ready("old", since: Pods.start + .seconds(-3600))
        old.restarts = 3
        let reader = reader()
        #expect(try await reader.read(world([Pods.ready("a"), Pods.pod("starting"), waiting, leaving, old])) == [:])
        #expect(requests.reads == 0)
    }

    /// Again after ten seconds, and at once when the pod was restarted; once more when it got ready after all.
    @Test func notTooOften() async throws {
        let reader = reader()
        var pod = Pods.failing("a")
        for expected in [1, 1] {
            _ = try await reader.read(world([pod]))
            #expect(requests.reads == expected)
        }
        clock.withLock { $0 += FailureEvents.period }
        _ = try await reader.read(world([pod]))
        #expect(requests.reads == 2)
        pod.restarts += 1
        _ = try await reader.read(world([pod]))
        #expect(requests.reads == 3)
        var ready = Pods.ready("a")
        ready.restarts = pod.restarts + 1
        for _ in 0..<3 { _ = try await reader.read(world([ready])) }
        #expect(requests.reads == 4)
    }

    /// A thousand failing pods are read in turn.
    @Test func inBatches() async throws {
        let reader = reader()
        let pods = (0..<40).map { Pods.failing("pod-\($0)") }
        for expected in [16, 32, 40, 40] {
            _ = try await reader.read(world(pods))
            #expect(requests.reads == expected)
        }
    }

    /// A missing permission must not hold the set up.
    @Test func refusalIsBorne() async throws {
        let client = KubernetesClient(transport: RefusingTransport(), fieldManager: "test", userAgent: "tests")
        let reader = FailureEvents(client: client, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await reader.read(world([Pods.failing("a")])) == [:])
    }

    private struct RefusingTransport: HTTPTransport {
        func send(_ request: HTTPRequest) async throws -> HTTPResponse { HTTPResponse(status: 403) }
        func open(_ request: HTTPRequest) async throws -> HTTPStream { throw CancellationError() }
    }
}
