import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Neither events nor health announce themselves: while either can change the count, the set is looked at again in time.
@Suite struct CrashLookAgainTests {
    @Test func aFailingPodIsReadAgain() throws {
        var cluster = try Cluster.running()
        #expect(try cluster.plan().lookAgain == nil)
        cluster.fail("demo-0-0", times: 3)
        try cluster.reconcile()
        #expect(try cluster.plan().lookAgain == FailureEvents.period)
    }

    /// A pod without a node has no such events.
    @Test func aWaitingPodIsNot() throws {
        var cluster = try Cluster.running()
        cluster.fleet.setReady("demo-0-0", false)
        cluster.fleet.setTrouble("demo-0-0", .init(reason: "Unschedulable", message: ""))
        try cluster.reconcile()
        #expect(try cluster.plan().lookAgain == nil)
    }

    @Test func healthIsNoticed() throws {
        var cluster = try Cluster.running()
        cluster.fail("demo-0-0", times: 3)
        try cluster.reconcile()
        cluster.fleet.setReady("demo-0-0")
        cluster.fleet.setReadySince("demo-0-0", cluster.now)
        try cluster.reconcile()
        #expect(try cluster.plan().lookAgain == CrashLedger.halfLife)
    }
}
