import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A pod's readiness and trouble are read from the status that kubelet and scheduler write.
@Suite struct PodTroubleScanTests {
    @Test func identity() throws {
        let pod = try Self.pod(
            """
            {"kind":"Pod","metadata":{"name":"demo-0-0","namespace":"default","uid":"u","resourceVersion":"7",
             "creationTimestamp":"2027-01-15T08:00:00Z","deletionTimestamp":"2027-01-15T09:00:00Z",
             "labels":{"spice.ai/version":"12345678","spice.ai/spicepod":"demo","x":"y"},
             "ownerReferences":[{"kind":"Other","name":"o","uid":"0"},
                {"apiVersion":"apps/v1","kind":"StatefulSet","name":"demo-0","uid":"s","controller":true}],
             "managedFields":[{"manager":"kubelet","fieldsV1":{"f:status":{}}}]},
             "spec":{"containers":[{"name":"spiced"}]},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}
            """)
        #expect(pod.setLabel == "demo")
        #expect(pod.identity.controllerName == "demo-0")
        #expect(pod.pod.name == "demo-0-0")
        #expect(pod.pod.version == "12345678")
        #expect(pod.pod.ownerUID == "s")
        #expect(pod.pod.createdAt == Timestamp("2027-01-15T08:00:00Z"))
        #expect(pod.pod.isTerminating)
        #expect(pod.pod.isReady)
        #expect(!pod.pod.isAvailable)
    }

    /// Of several containers the one that started last tells: a restart of any is one of the pod.
    @Test func startOfTheYoungestContainer() throws {
        let pod = try Self.status(
            """
            {"containerStatuses":[{"state":{"running":{"startedAt":"2027-01-15T08:00:03Z"}}},
              {"state":{"running":{"startedAt":"2027-01-15T08:00:01Z"}}},{"state":{"running":{"startedAt":null}}}]}
            """)
        #expect(pod.startedAt == Timestamp("2027-01-15T08:00:03Z"))
    }

    @Test(arguments: [
        (#"{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}"#, true),
        (#"{"phase":"Running","conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady"}]}"#, false),
        (#"{"phase":"Running","conditions":[{"type":"ContainersReady","status":"True"}]}"#, false), (#"{}"#, false),
    ])
    func ready(status: String, isReady: Bool) throws {
        #expect(try Self.status(status).isReady == isReady)
    }

    static let troubles: [(status: String, reason: String?, message: String)] = [
        (#"{"containerStatuses":[{"state":{"waiting":{"reason":"ContainerCreating"}}}]}"#, nil, ""),
        (#"{"initContainerStatuses":[{"state":{"waiting":{"reason":"PodInitializing"}}}]}"#, nil, ""),
        (#"{"containerStatuses":[{"state":{"running":{"startedAt":"2027-01-15T08:00:00Z"}},"ready":false}]}"#, nil, ""),
        (#"{"initContainerStatuses":[{"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}"#, nil, ""),
        (
            #"{"containerStatuses":[{"image":"i","state":{"waiting":{"message":"rpc error","reason":"ErrImagePull"}}}]}"#,
            "ErrImagePull", "rpc error"
        ),
        (
            #"{"containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling"}}}]}"#,
            "ImagePullBackOff", "Back-off pulling"
        ),
        (
            #"{"containerStatuses":[{"state":{"terminated":{"containerID":"c","exitCode":1,"reason":"Error"}}}]}"#, "Error",
            "exit code 1"
        ),
        (
            #"{"containerStatuses":[{"state":{"terminated":{"exitCode":137,"message":"too much","reason":"OOMKilled"}}}]}"#,
            "OOMKilled", "too much"
        ),
        (
            #"{"containerStatuses":[{"state":{"terminated":{"message":"too much","exitCode":137,"reason":"OOMKilled"}}}]}"#,
            "OOMKilled", "too much"
        ),
        (
            #"{"containerStatuses":[{"lastState":{"terminated":{"exitCode":2}},"#
                + #""state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 10s"}}}]}"#,
            "CrashLoopBackOff", "back-off 10s"
        ),
        (
            #"{"containerStatuses":[{"state":{"running":{}}},{"state":{"waiting":{"reason":"CreateContainerConfigError"}}}]}"#,
            "CreateContainerConfigError", ""
        ),
        (
            #"{"conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3 nodes"}]}"#,
            "Unschedulable", "0/3 nodes"
        ),
        (#"{"conditions":[{"type":"PodScheduled","status":"True"}]}"#, nil, ""),
        // between two crashes a container runs for a moment
        (
            #"{"containerStatuses":[{"state":{"running":{}},"lastState":{"terminated":{"exitCode":2,"reason":"Error"}}}]}"#,
            "Error",
            "exit code 2"
        ),
        // what a container says is nearer to the cause than the scheduler's word
        (
            #"{"conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable"}],"#
                + #""containerStatuses":[{"state":{"waiting":{"reason":"ErrImagePull"}}}]}"#,
            "ErrImagePull", ""
        ),
    ]

    @Test(arguments: troubles.map(\.status))
    func trouble(status: String) throws {
        let expected = try #require(Self.troubles.first { $0.status == status })
        let trouble = try Self.status(status).trouble
        #expect(trouble?.reason == expected.reason)
        #expect(trouble?.message ?? "" == expected.message)
    }

    private static func status(_ status: String) throws -> ObservedPod {
        try pod(#"{"metadata":{"name":"p"},"status":\#(status)}"#).pod
    }

    private static func pod(_ text: String) throws -> CachedPod {
        try JSONScanner.scan(Array(text.utf8)) { try CachedPod(scanning: &$0) }
    }
}
