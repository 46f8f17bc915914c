import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Where everything is as it should be, a plan changes nothing, tells nothing and asks for no further look.
@Suite struct ConvergedTests {
    @Test(arguments: ["{}", "{replicas: 3, updateStrategy: {type: RollingParallel, maxUnavailable: 2}}", "{replicas: 0}"])
    func nothingIsLeftToDo(spec: String) throws {
        var cluster = try Cluster(Sample.set(yaml: spec))
        try cluster.converge()
        cluster.now = cluster.now + .seconds(3600)
        let plan = try cluster.plan()
        for desired in plan.apply { #expect(cluster.object(desired.resource, desired.key.name) == desired.object) }
        #expect(plan.delete == [])
        #expect(plan.events == [])
        #expect(plan.status == cluster.set.status)
        #expect(StatusUrgency.delay(from: cluster.set.status, to: plan.status, now: cluster.now) == nil)
        #expect(plan.lookAgain == nil)
    }

    /// Everything is labelled for its set and owned by it, so that informers find it and garbage collection takes it along.
    @Test func childrenAreLabelledAndOwned() throws {
        var cluster = try Cluster(
            Sample.set(
                yaml: """
                    labels: {team: data}
                    annotations: {note: kept}
                    serviceAccount: {enabled: true, create: true}
                    network: {egress: [{}]}
                    podDisruptionBudget: {enabled: true}
                    """))
        try cluster.converge()
        for (reference, object) in cluster.objects {
            let metadata = try JSONTreeDecoder().decode(ObjectMeta.self, from: #require(object["metadata"]))
            #expect(metadata.controller?.uid == cluster.set.metadata.uid)
            #expect(metadata.labels?[LabelKey.spicepod] == "demo")
            #expect(metadata.labels?[LabelKey.app] == "demo")
            #expect(metadata.labels?[LabelKey.component] != nil)
            #expect(metadata.labels?["app.kubernetes.io/managed-by"] == "spiceai-operator")
            #expect(metadata.labels?["team"] == "data")
            #expect(metadata.annotations?["note"] == "kept")
            #expect(object["kind"]?.stringValue == reference.resource.kind)
            #expect(object["apiVersion"]?.stringValue == reference.resource.apiVersion)
        }
    }

    /// What a person broke in an object is in every plan, so that applying puts it right; a missing child is made again.
    @Test func everyPlanHoldsTheWholeIntent() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        let plan = try cluster.plan()
        #expect(plan.applied(.statefulSets) == ["demo-0", "demo-1"])
        #expect(plan.applied(.services) == ["demo-headless", "demo"])
        cluster.fleet.removeWorkload(uid: try #require(cluster.fleet.workload("demo-1")).uid)
        try cluster.converge()
        #expect(cluster.fleet.availablePods.count == 2)
    }
}
