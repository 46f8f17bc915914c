import ControllerRuntime
import JSON
import KubernetesModel
import Testing

@testable import SetController

/// A failure is told by the container's own last words, on one short line.
@Suite struct PodFailureTests {
    static let failures: [(status: String, text: String?)] = [
        (#"{"phase":"Running","containerStatuses":[{"restartCount":0,"state":{"running":{}},"ready":true}]}"#, nil),
        (
            #"{"containerStatuses":[{"restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off"}},"#
                + #""lastState":{"terminated":{"exitCode":3,"reason":"Error","message":"no such\n  bucket"}}}]}"#,
            "pod p: exit code 3 (Error): no such bucket"
        ),
        (
            #"{"containerStatuses":[{"state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}},"#
                + #""lastState":{"terminated":{"exitCode":1,"reason":"Error","message":"before"}}}]}"#,
            "pod p: exit code 137 (OOMKilled)"
        ),
        (
            #"{"containerStatuses":[{"state":{"waiting":{"reason":"ErrImagePull","message":"not found"}}}]}"#,
            "pod p: ErrImagePull: not found"
        ),
        (
            #"{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory.","#
                + #""containerStatuses":[{"state":{"terminated":{"exitCode":137,"reason":"Error"}}}]}"#,
            "pod p: exit code 137 (Evicted): The node was low on resource: memory."
        ),
        (#"{"phase":"Succeeded"}"#, "pod p: Succeeded"),
        // an init container that is done is not what failed
        (
            #"{"initContainerStatuses":[{"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}],"#
                + #""containerStatuses":[{"state":{"terminated":{"exitCode":2,"reason":"Error"}}}]}"#,
            "pod p: exit code 2 (Error)"
        ),
    ]

    @Test(arguments: failures.indices)
    func text(index: Int) throws {
        let (status, expected) = Self.failures[index]
        let text = #"{"metadata":{"name":"p"},"status":\#(status)}"#
        let pod = try JSONScanner.scan(Array(text.utf8)) { try CachedPod(scanning: &$0) }.pod
        #expect(pod.failure?.text == expected)
    }

    @Test func restartsAndReadiness() throws {
        let text = """
            {"metadata":{"name":"p"},"status":{"phase":"Running",
             "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2027-01-15T08:00:00Z"}],
             "containerStatuses":[{"restartCount":2},{"restartCount":3}]}}
            """
        let pod = try JSONScanner.scan(Array(text.utf8)) { try CachedPod(scanning: &$0) }.pod
        #expect(pod.restarts == 5)
        #expect(pod.readySince == Timestamp("2027-01-15T08:00:00Z"))
    }

    @Test func oneShortLine() {
        #expect(PodFailure.line("  a\r\n\tb\u{0}c ") == "a b c")
        let long = PodFailure.line(String(repeating: "word ", count: 1000))
        #expect(long.count == 300)
        #expect(long.hasSuffix("…"))
    }
}
