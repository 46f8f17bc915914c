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
        #expect(try old.converted(to: "v2").converted(to: "v1") == old)
    }
}
