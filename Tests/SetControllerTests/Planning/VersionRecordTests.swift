import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A version is made of what it was born with, kept as long as something uses it, and rebuilt where its record is lost.
@Suite struct VersionRecordTests {
    /// A newer operator with other defaults leaves a running version's template as it is.
    @Test func templateIsFrozen() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        let other = try JSONValue(parsing: #"{"metadata":{"labels":{"from":"an older operator"}},"spec":{"containers":[]}}"#)
        cluster.replaceVersions { $0.template = other.text }
        let template = try cluster.plan().object(.statefulSets, "demo-0")?[path: "spec", "template"]
        #expect(template?[path: "metadata", "labels"]?["from"]?.stringValue == "an older operator")
        #expect(template?[path: "spec", "containers"]?.arrayValue == [])
    }

    /// New telemetry properties arrive with the next version, not before.
    @Test func telemetryArrivesWithTheNextVersion() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        cluster.planner.settings.telemetryProperties = ["region": "eu"]
        let plan = try cluster.plan()
        #expect(cluster.isDone(plan))
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        try cluster.converge()
        let name = try ChildNames(set: "demo").configMap(cluster.version)
        let spicepod = cluster.object(.configMaps, name)?[path: "data", "spicepod.yaml"]?.stringValue ?? ""
        #expect(spicepod.contains("region: eu"))
    }

    /// A StatefulSet that is back to an earlier version gets that version's template, not a new one.
    @Test func scalingOutUsesTheRecord() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        let template = cluster.object(.statefulSets, "demo-0")?[path: "spec", "template", "spec"]
        cluster.planner.settings.telemetryProperties = ["region": "eu"]
        cluster.edit { $0.replicas = 2 }
        try cluster.converge()
        #expect(cluster.names(.configMaps).count == 1)
        #expect(cluster.object(.statefulSets, "demo-1")?[path: "spec", "template", "spec"] == template)
    }

    @Test func prunedOnlyWhenUnused() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        let old = try ChildNames(set: "demo").configMap(cluster.version)
        cluster.edit { $0.image = ContainerImage { $0.tag = "2" } }
        let new = try ChildNames(set: "demo").configMap(cluster.version)
        while cluster.fleet.ownedPods.contains(where: { $0.version != (try? cluster.version.short) }) {
            try cluster.reconcile()
            #expect(Set(cluster.names(.configMaps)) == [old, new])
            cluster.fleet.settle()
        }
        #expect(try cluster.reconcile().removed(.configMaps) == [old])
        #expect(cluster.names(.configMaps) == [new])
    }

    /// The template cannot be read any more: the version is made again, and not deleted in the same breath.
    @Test(arguments: ["template", "version"])
    func rebuiltWhenUnreadable(lost: String) throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        let name = try ChildNames(set: "demo").configMap(cluster.version)
        cluster.replaceVersions { if lost == "template" { $0.template = "{" } else { $0.version = nil } }
        let plan = try cluster.plan()
        #expect(plan.applied(.configMaps) == [name])
        #expect(plan.delete == [])
        try cluster.perform(plan)
        let next = try cluster.plan()
        #expect(cluster.isDone(next))
    }
}
