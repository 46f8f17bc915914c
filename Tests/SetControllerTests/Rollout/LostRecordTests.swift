import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// Whatever a user deletes by hand, what still serves keeps serving, and what is retained is not thrown away at once.
@Suite struct LostRecordTests {
    @Test(arguments: ["demo", "demo-headless"]) func deletedService(name: String) throws {
        var cluster = try StandbyTests.upgraded()
        let (active, pods) = (cluster.set.status?.activeVersion, cluster.fleet.pods.map(\.uid))
        cluster.remove(.services, name)
        try cluster.converge()
        #expect(cluster.set.status?.activeVersion == active)
        #expect(cluster.fleet.pods.map(\.uid) == pods)
        #expect(cluster.names(.services) == ["demo", "demo-headless"])
        #expect(cluster.set.status?.standbyVersion == StandbyTests.sha(cluster, tag: nil))
    }

    /// In the middle of an upgrade, without either Service, the version of the status serves on.
    @Test func bothServices() throws {
        var cluster = try StandbyTests.upgraded()
        cluster.edit { $0.image = ContainerImage { $0.tag = "3" } }
        try cluster.reconcile()
        cluster.remove(.services, "demo")
        cluster.remove(.services, "demo-headless")
        try cluster.reconcile()
        #expect(cluster.selected.map { StandbyTests.sha(cluster, tag: "2").hasPrefix($0) } == true)
        try cluster.converge()
        #expect(cluster.selected.map { StandbyTests.sha(cluster, tag: "3").hasPrefix($0) } == true)
    }

    /// Without a Service the record alone tells which version is active.
    @Test func withoutAService() throws {
        var cluster = try StandbyTests.upgraded()
        cluster.edit { $0.service = ServiceToggle { $0.enabled = false } }
        try cluster.converge()
        #expect(cluster.names(.services) == ["demo-headless"])
        let pods = cluster.fleet.pods.map(\.uid)
        cluster.edit { $0.image = nil }
        try cluster.reconcile()
        #expect(cluster.set.status?.activeVersion == StandbyTests.sha(cluster, tag: nil))
        #expect(cluster.fleet.pods.map(\.uid) == pods)
    }
}
