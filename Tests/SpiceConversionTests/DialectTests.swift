import JSON
import Testing
import YAML

/// Both dialects may be mixed: camelCase counts field by field, and the other spelling is not lost.
@Suite struct DialectTests {
    private let mixed = """
        httpPort: 8091
        spiced: {http_port: 1, flight_port: 50052}
        image: {tag: a}
        spiceai_image_tag: b
        spiceai_image_name: team/spice
        updateStrategy: {type: BlueGreen}
        update_strategy: {type: RollingParallel, max_unavailable: 2}
        network: {dnsPolicy: Default}
        dnsPolicy: None
        egress: [{}]
        enableService: true
        enable_service: false
        volume: {storageRequests: 1Gi, storage_requests: 2Gi, storage_class_name: fast}
        """

    @Test func camelCaseCounts() throws {
        let new = try set("v1", mixed).converted(to: "v2")
        #expect(
            new.fields
                == (try YAML.parse(
                    """
                    http: {port: 8091}
                    flight: {port: 50052}
                    image: {repository: team/spice, tag: a}
                    updateStrategy: {type: BlueGreen, maxUnavailable: 2}
                    network: {dnsPolicy: Default, egress: [{}]}
                    service: {enabled: true}
                    volumeClaimTemplates:
                    - metadata: {name: data}
                      spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}
                    """)))
    }

    @Test func theOtherSpellingIsRemembered() throws {
        let old = try set("v1", mixed)
        #expect(try old.converted(to: "v2").converted(to: "v1").manifest == old)
    }

    /// The API server shows what is stored, defaults included, in camelCase; a manifest in snake_case is merged into that.
    @Test func aManifestInTheOtherDialectCountsOverWhatIsShown() throws {
        var shown = try set(
            "v2",
            """
            image: {repository: ghcr.io/spiceai/spiceai, tag: 2.0.0-models}
            http: {port: 8090}
            updateStrategy: {type: RollingOrdered}
            volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 1Gi}}}}]
            """
        ).converted(to: "v1")
        shown[path: "spec", "spiceai_image_tag"] = "1.11.0-models"
        shown[path: "spec", "spiced", "http_port"] = 8091
        shown[path: "spec", "update_strategy", "type"] = "BlueGreen"
        shown[path: "spec", "volume", "storage_requests"] = "2Gi"
        let stored = try shown.converted(to: "v2")
        #expect(
            stored.fields
                == (try YAML.parse(
                    """
                    image: {repository: ghcr.io/spiceai/spiceai, tag: 1.11.0-models}
                    http: {port: 8091}
                    updateStrategy: {type: BlueGreen}
                    volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 2Gi}}}}]
                    """)))
        let again = try stored.converted(to: "v1").fields
        #expect(again["httpPort"] == nil && again["spiced"] == ["http_port": 8091])
        #expect(again["volume"] == ["storage_requests": "2Gi"])
    }

    @Test func camelCaseCountsOverAShownSnakeCase() throws {
        var shown = try set("v1", "enable_service: false\nspiced: {http_port: 8091}").converted(to: "v2").converted(to: "v1")
        shown[path: "spec", "enableService"] = true
        shown[path: "spec", "httpPort"] = 8092
        let stored = try shown.converted(to: "v2")
        #expect(stored[path: "spec", "service", "enabled"] == true)
        #expect(stored[path: "spec", "http", "port"] == 8092)
        #expect(try stored.converted(to: "v1").fields["spiced"] == nil)
    }

    /// Two users, each with a manifest in a dialect of its own: the last one to write counts.
    @Test func theLastToWriteCounts() throws {
        var stored = try set("v1", "spiced: {http_port: 8091}").converted(to: "v2")
        for (port, isSnakeCase) in [(1, false), (2, true), (3, true), (4, false), (5, true)] as [(JSONValue, Bool)] {
            var shown = try stored.converted(to: "v1")
            if isSnakeCase { shown[path: "spec", "spiced", "http_port"] = port } else { shown[path: "spec", "httpPort"] = port }
            stored = try shown.converted(to: "v2")
            #expect(stored[path: "spec", "http", "port"] == port)
        }
    }

    /// Updates of something else must not make the other of two spellings count.
    @Test func whatCountsStaysWhenSomethingElseChanges() throws {
        var stored = try set("v1", mixed).converted(to: "v2")
        let fields = stored.fields
        for replicas in 2..<4 as Range<Int64> {
            var shown = try stored.converted(to: "v1")
            shown[path: "spec", "replicas"] = .int(replicas)
            stored = try shown.converted(to: "v2")
            var expected = fields
            expected["replicas"] = .int(replicas)
            #expect(stored.fields == expected)
        }
    }
}
