import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// What keeps a pod from running is told once it has lasted, in one steady word.
@Suite struct TroubleTests {
    @Test(arguments: [
        ("ErrImagePull", "ImagePullBackOff"), ("ImagePullBackOff", "ImagePullBackOff"), ("InvalidImageName", "ImagePullBackOff"),
        ("CreateContainerConfigError", "CreateContainerConfigError"), ("CreateContainerError", "CreateContainerConfigError"),
        ("Unschedulable", "Unschedulable"), ("CrashLoopBackOff", "CrashLoopBackOff"), ("OOMKilled", "CrashLoopBackOff"),
        ("Error", "CrashLoopBackOff"),
    ])
    func oneWord(reason: String, expected: String) throws {
        var cluster = try Self.starting()
        cluster.fleet.setTrouble("demo-0-0", .init(reason: reason, message: "it says why"))
        cluster.now = cluster.now + .seconds(10)
        let plan = try cluster.plan()
        let ready = try #require(plan.status.condition("Ready"))
        #expect(ready.reason == expected)
        #expect(ready.message == "Pod demo-0-0: it says why")
        #expect(plan.events.map(\.reason.rawValue) == [expected])
        #expect(plan.events.first?.isWarning == true)
    }

    /// A young pod often waits for a moment; the plan asks to look again when the moment is over.
    @Test func aMomentIsNoNews() throws {
        var cluster = try Self.starting()
        cluster.fleet.setTrouble("demo-0-0", .init(reason: "Unschedulable", message: "no node"))
        cluster.now = cluster.now + .seconds(4)
        let plan = try cluster.plan()
        #expect(plan.status.condition("Ready")?.reason == "Progressing")
        #expect(plan.events == [])
        #expect(plan.lookAgain == .seconds(6))
        cluster.now = cluster.now + .seconds(6)
        let later = try cluster.plan()
        #expect(later.status.condition("Ready")?.reason == "Unschedulable")
        // the next to come is the progress deadline
        #expect(later.lookAgain == .seconds(590))
    }

    @Test func aReadyPodHasNone() throws {
        var cluster = try Self.starting()
        cluster.fleet.setTrouble("demo-0-0", .init(reason: "CrashLoopBackOff", message: ""))
        cluster.fleet.setReady("demo-0-0")
        cluster.now = cluster.now + .seconds(60)
        #expect(try cluster.plan().status.condition("Ready")?.reason == "Ready")
    }

    private static func starting() throws -> Cluster {
        var cluster = Cluster(Sample.set())
        try cluster.reconcile()
        cluster.fleet.sync("demo-0", at: cluster.now)
        try cluster.reconcile()
        return cluster
    }
}
