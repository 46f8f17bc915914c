import JSON
import Testing
import YAML

/// What is edited in one version counts in the other: nothing remembered brings an old value back, and nothing else is lost.
@Suite struct EditedElsewhereTests {
    @Test func aStrategyChangedInV2IsNoLongerParallel() throws {
        var new = try set("v1", "updateStrategy: {type: Parallel}").converted(to: "v2")
        new[path: "spec", "updateStrategy", "type"] = "BlueGreen"
        let old = try new.converted(to: "v1")
        #expect(old[path: "spec", "updateStrategy"] == ["type": "BlueGreen"])
        #expect(try old.converted(to: "v2").memory?.contains("Parallel") == false)
    }

    @Test func aPortChangedInV2ReplacesTheOldNotation() throws {
        var new = try set("v1", "spiced: {http_port: 8091}").converted(to: "v2")
        new[path: "spec", "http", "port"] = 8092
        #expect(try new.converted(to: "v1").fields["httpPort"] == 8092)
        #expect(try new.converted(to: "v1").fields["spiced"] == nil)
    }

    /// The API server fills defaults into what it stores: that is no edit.
    @Test func defaultsAreNoEdit() throws {
        let old = try set("v1", "spiced: {http_port: 8091}\ninstantRollback: {enabled: true, retentionPeriodSeconds: 900}")
        var new = try old.converted(to: "v2")
        for (name, port) in [("flight", 50051), ("metrics", 9090)] as [(String, JSONValue)] {
            new[path: "spec", name] = ["port": port]
        }
        let seen = try new.converted(to: "v1")
        #expect(seen.manifest == old)
    }

    @Test func aLargerVolumeInV1KeepsTheOtherTemplates() throws {
        let templates = """
            volumeClaimTemplates:
            - metadata: {name: logs}
              spec: {resources: {requests: {storage: 1Gi}}}
            - metadata: {labels: {team: data}}
              spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 10Gi}}}
            volumeMounts: [{name: logs, mountPath: /logs}]
            progressDeadlineSeconds: 60
            """
        let new = try set("v2", templates)
        var old = try new.converted(to: "v1")
        #expect(old[path: "spec", "volume"] == ["storageRequests": "10Gi"])
        old[path: "spec", "volume", "storageRequests"] = "20Gi"
        let changed = try old.converted(to: "v2")
        #expect(
            changed.fields
                == (try YAML.parse(templates.replacing("10Gi", with: "20Gi"))))
        #expect(changed.memory == nil)
    }

    @Test func aVolumeRemovedInV1TakesOnlyItsTemplate() throws {
        let new = try set(
            "v2",
            "volumeClaimTemplates: [{metadata: {name: logs}, spec: {}}, {metadata: {name: data, labels: {a: b}}, spec: {}}]")
        var old = try new.converted(to: "v1")
        old[path: "spec", "volume"] = nil
        #expect(
            try old.converted(to: "v2")[path: "spec", "volumeClaimTemplates"] == [["metadata": ["name": "logs"], "spec": [:]]])
    }

    /// `kubectl replace` with a manifest that knows no annotation.
    @Test func aManifestWithoutTheMemoryIsTheWholeTruth() throws {
        var old = try set("v2", "volumeMounts: [{name: a, mountPath: /a}]").converted(to: "v1")
        old["metadata"] = ["name": "demo", "namespace": "default"]
        #expect(try old.converted(to: "v2")[path: "spec", "volumeMounts"] == nil)
    }

    /// Server-side apply converts objects from which the fields of a manager were taken.
    @Test func anObjectWithoutASpecGetsNone() throws {
        for (from, to) in [("v1", "v2"), ("v2", "v1")] {
            var part = try set(from, "")
            part["spec"] = nil
            #expect(try part.converted(to: to)["spec"] == nil)
        }
    }
}
