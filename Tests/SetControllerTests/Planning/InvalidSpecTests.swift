import KubernetesModel
import SpiceTypes
import SpiceValidation
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

    /// All of them at once: nobody wants to find the next one with the next try.
    @Test func tellsEveryProblem() throws {
        let cluster = Cluster(
            try Sample.set(yaml: "{labels: {spice.ai/app: x, team: a b}, network: {dnsPolicy: None}, image: {tag: ''}}"))
        let ready = try #require(try cluster.plan().status.condition("Ready"))
        for path in [
            "spec.labels[spice.ai/app]: ", "spec.labels[team]: ", "spec.network.dnsConfig.nameservers: ", "spec.image.tag: ",
        ] {
            #expect(ready.message.contains(path))
        }
        #expect(ready.message.split(separator: "; spec.").count == 4)
    }

    /// At a lower level only what leaves no right workload stops the set: where the object says so, or the operator's policy.
    @Test(arguments: [ValidationLevel.warn, .off])
    func lowerLevels(level: ValidationLevel) throws {
        let harmless = try Sample.set(yaml: "{spicepod: {name: demo, kind: Spicepod, version: v1, datasets: 7}}")
        #expect(try Cluster(harmless).plan().apply.isEmpty)
        #expect(try !Cluster(harmless, settings: Settings(admissionPolicy: level)).plan().apply.isEmpty)
        var annotated = harmless
        annotated.metadata.annotations = [AnnotationKey.validationLevel: level.rawValue]
        #expect(try !Cluster(annotated).plan().apply.isEmpty)

        let essential = try Sample.set(yaml: "{replicas: -1}")
        #expect(try Cluster(essential, settings: Settings(admissionPolicy: level)).plan().apply.isEmpty)
    }

    /// A class that is not there holds up what is new. It never stalls what was made, also while a StatefulSet is being replaced.
    @Test func missingClass() throws {
        let set = try Sample.set(
            yaml: "{volumeClaimTemplates: [{spec: {storageClassName: gone, resources: {requests: {storage: 1Gi}}}}]}")
        let cluster = Cluster(set)
        var world = cluster.world
        world.storageClasses = ["other": ObservedStorageClass(name: "other", allowsExpansion: true, isDefault: false)]
        let ready = try #require(try cluster.planner.plan(world).status.condition("Ready"))
        #expect(ready.message.hasPrefix("spec.volumeClaimTemplates[0].spec.storageClassName: no StorageClass is named"))
        world.storageClasses["gone"] = ObservedStorageClass(name: "gone", allowsExpansion: true, isDefault: false)
        #expect(try !cluster.planner.plan(world).apply.isEmpty)
        world.storageClasses = [:]
        #expect(try !cluster.planner.plan(world).apply.isEmpty, "none at all may not be visible")

        world.storageClasses = ["other": ObservedStorageClass(name: "other", allowsExpansion: true, isDefault: false)]
        world.set.status = SpicepodSetStatus { $0.activeVersion = "abc" }
        #expect(try !cluster.planner.plan(world).apply.isEmpty)
    }

    /// What is only a warning stops nothing.
    @Test func warnings() throws {
        #expect(try !Cluster(Sample.set(yaml: "{updateStrategy: {type: Parallel}}")).plan().apply.isEmpty)
    }
}
