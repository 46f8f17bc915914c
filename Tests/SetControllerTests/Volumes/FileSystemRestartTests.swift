import KubernetesModel
import Testing

@testable import SetController

/// A pod whose file system can grow only when it starts is restarted: after a moment, and once.
@Suite struct FileSystemRestartTests {
    /// - Parameters:
    ///   - pending: for how long the condition has been there.
    ///   - pod: how old the pod is.
    private func volumes(pending: Int64, pod: Int64) -> VolumeWorld {
        var volumes = VolumeWorld(wanted: "2Gi")
        let now = Sample.now.unixSeconds
        volumes.world.claims[0].requested = "2Gi"
        volumes.world.claims[0].conditions = [
            .init(type: "FileSystemResizePending", since: Timestamp(unixSeconds: now - pending), message: "")
        ]
        volumes.addPod(createdAt: Timestamp(unixSeconds: now - pod))
        return volumes
    }

    @Test func restartsAfterAMoment() {
        #expect(volumes(pending: 30, pod: 500).plan.restarts == ["demo-0-0"])
        let early = volumes(pending: 12, pod: 500).plan
        #expect(early.restarts.isEmpty)
        #expect(early.lookAgain == .seconds(18))
    }

    /// One that started after the volume had grown does not get better by another start.
    @Test(arguments: [300, 299, 1]) func onceAResize(pod: Int64) {
        let plan = volumes(pending: 300, pod: pod).plan
        #expect(plan.restarts.isEmpty && plan.lookAgain == nil)
    }

    @Test func leavesWhatIsStoppingAlone() {
        var volumes = volumes(pending: 300, pod: 500)
        volumes.world.pods[0].isTerminating = true
        #expect(volumes.plan.restarts.isEmpty)
    }

    /// Without the time of the condition it cannot be told whether the pod has started since.
    @Test func unknownTime() {
        var volumes = volumes(pending: 300, pod: 500)
        volumes.world.claims[0].conditions[0].since = nil
        #expect(volumes.plan.restarts.isEmpty)
    }
}
