import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// RollingOrdered replaces one pod at a time in ordinal order, the next only when the one before is Ready.
@Suite struct OrderedUpdateTests {
    @Test func oneAtATimeInOrdinalOrder() throws {
        var cluster = try Self.running(replicas: 3)
        let old = try cluster.version.short
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let new = try cluster.version.short
        for ordinal in 0..<3 {
            let (workload, pod) = ("demo-\(ordinal)", "demo-\(ordinal)-0")
            #expect(try cluster.reconcile().removed(.pods) == [])
            #expect(cluster.fleet.workloads.map(\.version) == (0..<3).map { $0 <= ordinal ? new : old })
            cluster.fleet.sync(workload)
            #expect(try cluster.reconcile().removed(.pods) == [pod])
            #expect(try cluster.reconcile().removed(.pods) == [])
            cluster.fleet.finishStopping(pod)
            #expect(try cluster.reconcile().removed(.pods) == [])
            cluster.fleet.sync(workload)
            #expect(try cluster.reconcile().removed(.pods) == [])
            #expect(cluster.fleet.availablePods.count == 2)
            cluster.fleet.setReady(pod)
        }
        try cluster.reconcile()
        #expect(cluster.fleet.ownedPods.allSatisfy { $0.version == new && $0.isAvailable })
        #expect(try cluster.set.status?.activeVersion == cluster.version.sha)
    }

    /// A pod deleted before the StatefulSet controller has seen the new template would come back as it was.
    @Test func neverBeforeTheTemplateIsObserved() throws {
        for strategy in ["RollingOrdered", "RollingParallel"] {
            var cluster = try Cluster(Sample.set(yaml: "{replicas: 1, updateStrategy: {type: \(strategy)}}"))
            try cluster.converge()
            cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
            for _ in 0..<3 { #expect(try cluster.reconcile().removed(.pods) == []) }
            cluster.fleet.sync("demo-0")
            #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
        }
    }

    /// A pod that cannot run the last spec does not hold up the one that corrects it.
    @Test func correctedSpecPassesABrokenPodAtOnce() throws {
        var cluster = try Self.running(replicas: 2)
        cluster.edit { $0.image = ContainerImage { $0.tag = "broken" } }
        for _ in 0..<5 {
            try cluster.reconcile()
            cluster.fleet.settle(broken: ["demo-0-0"])
        }
        #expect(cluster.fleet.availablePods == ["demo-1-0"])
        cluster.edit { $0.image = ContainerImage { $0.tag = "right" } }
        try cluster.reconcile()
        cluster.fleet.sync("demo-0")
        #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
        #expect(cluster.fleet.availablePods == ["demo-1-0"])
        try cluster.converge()
        #expect(cluster.fleet.availablePods.count == 2)
    }

    /// Whatever the spec becomes while a pod is being replaced, no second one is taken down for it.
    @Test(arguments: ["1", "3"])
    func changedInTheMiddle(tag: String) throws {
        var cluster = try Self.running(replicas: 3)
        cluster.edit { $0.image = ContainerImage { $0.tag = "1" } }
        try cluster.converge()
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        while cluster.fleet.pod("demo-1-0")?.isTerminating == false {
            try cluster.reconcile()
            if cluster.fleet.pod("demo-1-0")?.isTerminating == false { cluster.fleet.settle() }
        }
        #expect(cluster.fleet.availablePods.sorted() == ["demo-0-0", "demo-2-0"])

        // back to the version before, or on to a third one
        cluster.edit { $0.image = ContainerImage { $0.tag = tag } }
        for _ in 0..<3 {
            #expect(try cluster.reconcile().removed(.pods) == [])
            for workload in cluster.fleet.workloads { cluster.fleet.sync(workload.key.name) }
        }
        cluster.fleet.finishStopping("demo-1-0")
        cluster.fleet.sync("demo-1")
        // the pod that is down anyway comes back with the newest version, not with the one in between
        #expect(cluster.fleet.pod("demo-1-0")?.version == (try cluster.version.short))
        #expect(try cluster.reconcile().removed(.pods) == [])
        cluster.fleet.setReady("demo-1-0")
        #expect(try cluster.reconcile().removed(.pods) == ["demo-0-0"])
        try cluster.converge()
        #expect(cluster.fleet.ownedPods.allSatisfy { $0.isAvailable })
        #expect(try cluster.set.status?.activeVersion == cluster.version.sha)
    }

    static func running(replicas: Int32) throws -> Cluster {
        var cluster = Cluster(Sample.set { $0.replicas = replicas })
        try cluster.converge()
        return cluster
    }
}
