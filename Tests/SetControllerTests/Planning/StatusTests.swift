import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// The status says in conditions how the set stands, judged by which generation and since when.
@Suite struct StatusTests {
    @Test func everyConditionIsWhole() throws {
        var cluster = Cluster(Sample.set())
        for generation in 1...3 {
            let status = try cluster.plan().status
            #expect(status.observedGeneration == Int64(generation))
            #expect(status.conditions?.map(\.type) == ["Ready", "Progressing", "Paused"])
            for condition in status.conditions ?? [] {
                #expect(condition.observedGeneration == Int64(generation))
                #expect(!condition.message.isEmpty)
                #expect(Reason(rawValue: condition.reason) != nil)
            }
            try cluster.converge()
            cluster.edit { $0.image = ContainerImage { $0.tag = "\(generation)" } }
        }
    }

    @Test func fromStartToReady() throws {
        var cluster = Cluster(Sample.set { $0.replicas = 2 })
        var status = try cluster.reconcile().status
        #expect(Self.story(status) == ["Ready False Progressing", "Progressing True RolloutInProgress", "Paused False Running"])
        #expect(status.replicas == "0/2")
        try cluster.converge()
        status = try #require(cluster.set.status)
        #expect(Self.story(status) == ["Ready True Ready", "Progressing True RolloutComplete", "Paused False Running"])
        #expect(status.replicas == "2/2")
        #expect(status.readyReplicas == 2)
        #expect(status.totalReplicas == 2)
        #expect(status.updatedReplicas == 2)
        #expect(status.selector == "spice.ai/spicepod=demo")
        #expect(status.role == "<none>")
    }

    /// Ready is of the newest generation: `kubectl wait` right after `kubectl apply` never sees the old pods' readiness.
    @Test func notReadyTheMomentTheSpecChanges() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let status = try cluster.plan().status
        #expect(Self.story(status).prefix(2) == ["Ready False Progressing", "Progressing True RolloutInProgress"])
        #expect(status.replicas == "2/2")
        #expect(status.updatedReplicas == 0)
    }

    /// The version that receives traffic is the old one until the new one is complete.
    @Test func activeVersionSwitchesAtTheEnd() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        let old = try cluster.version.sha
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        for _ in 0..<3 {
            try cluster.reconcile()
            #expect(cluster.set.status?.activeVersion == old)
        }
        try cluster.converge()
        #expect(try cluster.set.status?.activeVersion == cluster.version.sha)
        #expect(cluster.set.status?.activeVersion != old)
    }

    /// Pods that fail later on are no rollout.
    @Test func podsThatBecomeUnready() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        cluster.fleet.setReady("demo-1-0", false)
        for _ in 0..<2 {
            let status = try cluster.reconcile().status
            #expect(Self.story(status).prefix(2) == ["Ready False PodsNotReady", "Progressing True RolloutComplete"])
            #expect(status.condition("Ready")?.message == "1 of 2 pods ready.")
        }
    }

    /// A time tells when the status of the condition turned, not when it was last looked at.
    @Test func transitionTimesAreKept() throws {
        var cluster = Cluster(Sample.set())
        let start = cluster.now
        try cluster.reconcile()
        cluster.now = start + .seconds(60)
        cluster.fleet.settle()
        try cluster.reconcile()
        cluster.now = start + .seconds(120)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.reconcile()
        let status = try #require(cluster.set.status)
        #expect(status.condition("Ready")?.lastTransitionTime == start + .seconds(120))
        #expect(status.condition("Progressing")?.lastTransitionTime == start)
        #expect(status.condition("Paused")?.lastTransitionTime == start)
        #expect(status.lastUpdated == start + .seconds(120))
    }

    /// Times in the API have whole seconds: a fraction would make every status look new.
    @Test func timesAreWholeSeconds() throws {
        var cluster = Cluster(Sample.set())
        cluster.now = Timestamp(unixSeconds: 1_800_000_000, nanoseconds: 500_000_000)
        let status = try cluster.plan().status
        #expect(status.lastUpdated == Sample.now)
        #expect(status.conditions?.allSatisfy { $0.lastTransitionTime == Sample.now } == true)
    }

    static func story(_ status: SpicepodSetStatus) -> [String] {
        (status.conditions ?? []).map { "\($0.type) \($0.status.rawValue) \($0.reason)" }
    }
}
