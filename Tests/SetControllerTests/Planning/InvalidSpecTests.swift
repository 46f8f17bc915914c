import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A spec with a mistake touches nothing that runs, and says in condition and event what to do.
@Suite struct InvalidSpecTests {
    @Test func touchesNothing() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        let before = try #require(cluster.set.status)
        cluster.edit {
            $0.replicas = 1
            $0.labels = [LabelKey.app: "mine"]
        }
        let plan = try cluster.plan()
        #expect(plan.apply == [])
        #expect(plan.delete == [])
        #expect(plan.status.replicas == before.replicas)
        #expect(plan.status.activeVersion == before.activeVersion)
        #expect(plan.status.observedGeneration == 2)
        let message = "spec.labels[spice.ai/app]: is reserved for the operator; remove it"
        for type in ["Ready", "Progressing"] {
            let condition = try #require(plan.status.condition(type))
            #expect(condition.status == .false)
            #expect(condition.reason == "InvalidSpec")
            #expect(condition.message == message)
            #expect(condition.observedGeneration == 2)
        }
        #expect(plan.status.condition("Paused")?.status == .false)
        #expect(plan.events.map(\.note) == [message])
        #expect(plan.events.map(\.isWarning) == [true])
    }

    /// Nothing is made for a new one either.
    @Test func startsNothing() throws {
        let cluster = Cluster(Sample.set { $0.spicepod = nil })
        let plan = try cluster.plan()
        #expect(plan.apply == [])
        #expect(plan.status.replicas == "0/1")
    }

    @Test func corrected() throws {
        var cluster = Cluster(Sample.set { $0.labels = [LabelKey.app: "mine"] })
        try cluster.reconcile()
        cluster.edit { $0.labels = nil }
        try cluster.converge()
        #expect(cluster.set.status?.condition("Ready")?.status == .true)
    }
}
