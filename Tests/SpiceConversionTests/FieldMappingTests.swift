import JSON
import Testing
import YAML

/// Every v1 fragment of the pages, in both dialects, is the v2 that the migration table says, and reads back to the letter.
@Suite struct FieldMappingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var v1: String
        var v2: String
        var testDescription: String { name }

        init(_ name: String, _ v1: String, _ v2: String) {
            (self.name, self.v1, self.v2) = (name, v1, v2)
        }
    }

    private static let image = "image: {repository: spiceai/spiceai, tag: latest-models}"

    @Test(arguments: [
        Case(
            "image parts, snake_case",
            "{spiceai_image_registry: ghcr.io, spiceai_image_name: spiceai/spiceai, spiceai_image_tag: 1.5.0-models, spiceai_image_pull_secret: pull}",
            "image: {repository: ghcr.io/spiceai/spiceai, tag: 1.5.0-models, pullSecret: pull}"),
        Case(
            "image parts, camelCase",
            "image: {registry: ghcr.io, name: spiceai/spiceai, tag: 1.5.0-models, pullPolicy: Always, pullSecret: pull}",
            "image: {repository: ghcr.io/spiceai/spiceai, tag: 1.5.0-models, pullPolicy: Always, pullSecret: pull}"),
        Case(
            "the upgrade guide's bump",
            "{spiceai_image_tag: 'X-models@sha256:abcd', update_strategy: {type: RollingParallel, max_unavailable: 1}}",
            """
            image: {repository: spiceai/spiceai, tag: 'X-models@sha256:abcd'}
            updateStrategy: {type: RollingParallel, maxUnavailable: 1}
            """),
        Case(
            "the upgrade guide's forced rollout",
            "{env_from_source: [{secretRef: {name: s}}], annotations: {secret-version: v42}}",
            "\(image)\nenvFromSource: [{secretRef: {name: s}}]\nannotations: {secret-version: v42}"),
        Case(
            "ports, camelCase", "{httpPort: 8091, flightPort: 50052, metricsPort: 9091}",
            "\(image)\nhttp: {port: 8091}\nflight: {port: 50052}\nmetrics: {port: 9091}"),
        Case(
            "ports, snake_case", "spiced: {http_port: 8091, flight_port: 50052, metrics_port: 9091}",
            "\(image)\nhttp: {port: 8091}\nflight: {port: 50052}\nmetrics: {port: 9091}"),
        Case(
            "volume, camelCase", "volume: {storageClassName: standard, storageRequests: 10Gi}",
            "\(image)\nvolumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: standard, resources: {requests: {storage: 10Gi}}}}]"
        ),
        Case(
            "volume, snake_case", "volume: {storage_class_name: standard, storage_requests: 10Gi}",
            "\(image)\nvolumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: standard, resources: {requests: {storage: 10Gi}}}}]"
        ),
        Case(
            "service account", "service_account: {enabled: true, create: true, annotations: {eks.amazonaws.com/role-arn: arn}}",
            "\(image)\nserviceAccount: {enabled: true, create: true, annotations: {eks.amazonaws.com/role-arn: arn}}"),
        Case(
            "strategy, camelCase", "updateStrategy: {type: BlueGreen, minReadyForCutover: 3}",
            "\(image)\nupdateStrategy: {type: BlueGreen, minReadyForCutover: 3}"),
        Case("Parallel is removed", "update_strategy: {type: Parallel}", "\(image)\nupdateStrategy: {type: RollingOrdered}"),
        Case(
            "instant rollback", "instantRollback: {enabled: true, retentionPeriodSeconds: 900}",
            "\(image)\nstandbyVersion: {enabled: true, retentionPeriodSeconds: 900}"),
        Case("no service, camelCase", "enableService: false", "\(image)\nservice: {enabled: false}"),
        Case("no service, snake_case", "enable_service: false", "\(image)\nservice: {enabled: false}"),
        Case(
            "network at the top level",
            """
            egress: [{ports: [{protocol: UDP, port: 53}]}]
            ingress: [{from: [{podSelector: {}}]}]
            dnsPolicy: None
            dnsConfig: {nameservers: [8.8.8.8]}
            """,
            """
            \(image)
            network:
              egress: [{ports: [{protocol: UDP, port: 53}]}]
              ingress: [{from: [{podSelector: {}}]}]
              dnsPolicy: None
              dnsConfig: {nameservers: [8.8.8.8]}
            """),
        Case(
            "network", "network: {egress: [{}], dnsPolicy: Default}", "\(image)\nnetwork: {egress: [{}], dnsPolicy: Default}"),
        Case(
            "fields that are the same",
            """
            replicas: 3
            env: [{name: A, value: b}]
            resources: {requests: {cpu: 200m}}
            labels: {team: data}
            probes: {liveness: {periodSeconds: 30}}
            nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}
            tolerations: [{key: dedicated, operator: Exists}]
            terminationGracePeriodSeconds: 30
            """,
            """
            \(image)
            replicas: 3
            env: [{name: A, value: b}]
            resources: {requests: {cpu: 200m}}
            labels: {team: data}
            probes: {liveness: {periodSeconds: 30}}
            nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}
            tolerations: [{key: dedicated, operator: Exists}]
            terminationGracePeriodSeconds: 30
            """),
    ]) func isTheV2ThatThePageSays(_ example: Case) throws {
        let old = try set("v1", example.v1)
        let new = try old.converted(to: "v2")
        #expect(new["apiVersion"] == "spice.ai/v2")
        #expect(new.fields == (try YAML.parse(example.v2)))
        #expect(try new.converted(to: "v1").manifest == old)
    }
}
