import JSON
import SpiceConversion
import Testing
import YAML

/// A SpicepodCluster is converted like the sets it becomes, each role for itself.
@Suite struct ClusterTests {
    static let old = """
        apiVersion: spice.ai/v1alpha1
        kind: SpicepodCluster
        metadata: {name: my-cluster, namespace: default}
        spec:
          schedulerSetSpec:
            replicas: 1
            spicepod: {version: v1, kind: Spicepod, name: my-cluster-scheduler}
            resources:
              requests: {cpu: 100m, memory: 256Mi}
              limits: {cpu: 500m, memory: 512Mi}
          executorSetSpec:
            replicas: 3
            resources:
              requests: {cpu: 200m, memory: 512Mi}
              limits: {cpu: "1", memory: 2Gi}
        """

    private func cluster(_ version: String, _ spec: String) throws -> JSONValue {
        [
            "apiVersion": .string("spice.ai/\(version)"), "kind": "SpicepodCluster", "metadata": ["name": "c"],
            "spec": try YAML.parse(spec),
        ]
    }

    /// The example of the SpicepodCluster page. What v1 means where it names no image is written out, as for sets.
    @Test func theExampleOfThePage() throws {
        let old = try YAML.parse(Self.old)
        let new = try old.converted(to: "v2")
        #expect(new["apiVersion"] == "spice.ai/v2")
        #expect(
            new["spec"]
                == (try YAML.parse(
                    """
                    schedulerSpec:
                      replicas: 1
                      spicepod: {version: v1, kind: Spicepod, name: my-cluster-scheduler}
                      image: {repository: spiceai/spiceai, tag: latest-models}
                      resources:
                        requests: {cpu: 100m, memory: 256Mi}
                        limits: {cpu: 500m, memory: 512Mi}
                    executorSpec:
                      replicas: 3
                      image: {repository: spiceai/spiceai, tag: latest-models}
                      resources:
                        requests: {cpu: 200m, memory: 512Mi}
                        limits: {cpu: "1", memory: 2Gi}
                    """)))
        #expect(try new.converted(to: "v1alpha1").manifest == old)
    }

    @Test func fieldsHaveTheNamesOfTheirVersion() throws {
        let old = try cluster(
            "v1alpha1",
            """
            allowInsecureConnections: true
            schedulerSetSpec:
              image: {registry: ghcr.io, name: spiceai/spiceai, tag: 2.0.0, pullPolicy: Always}
              httpPort: 8091
              volume: {storageClassName: fast, storageRequests: 1Gi}
              cluster: {bindAddress: "0.0.0.0:50052"}
            executorSetSpec:
              spiceai_image_tag: 2.0.0
              update_strategy: {type: RollingParallel, max_unavailable: 1}
              env_from_source: [{secretRef: {name: s}}]
            """)
        let new = try old.converted(to: "v2")
        #expect(
            new["spec"]
                == (try YAML.parse(
                    """
                    allowInsecureConnections: true
                    schedulerSpec:
                      image: {repository: ghcr.io/spiceai/spiceai, tag: 2.0.0, pullPolicy: Always}
                      http: {port: 8091}
                      volumeClaimTemplates:
                      - metadata: {name: data}
                        spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}
                      cluster: {bindAddress: "0.0.0.0:50052"}
                    executorSpec:
                      image: {repository: spiceai/spiceai, tag: 2.0.0}
                      updateStrategy: {type: RollingParallel, maxUnavailable: 1}
                      envFromSource: [{secretRef: {name: s}}]
                    """)))
        #expect(try new.converted(to: "v1alpha1").manifest == old)
    }

    /// An edit of one role leaves the notation of the other alone.
    @Test func rolesAreRememberedApart() throws {
        let old = try cluster(
            "v1alpha1",
            "{schedulerSetSpec: {spiced: {http_port: 1}, spicepod: 'name: a # why'}, executorSetSpec: {spiced: {http_port: 2}}}")
        var new = try old.converted(to: "v2")
        new[path: "spec", "executorSpec", "http", "port"] = 3
        let again = try new.converted(to: "v1alpha1")
        #expect(again[path: "spec", "schedulerSetSpec"] == old[path: "spec", "schedulerSetSpec"])
        #expect(again[path: "spec", "executorSetSpec", "httpPort"] == 3)
        #expect(again[path: "spec", "executorSetSpec", "spiced"] == nil)
    }

    /// The API server shows camelCase; a manifest in snake_case is merged into that, role by role.
    @Test func aManifestInTheOtherDialectCounts() throws {
        var shown = try cluster("v2", "{schedulerSpec: {http: {port: 1}}, executorSpec: {http: {port: 1}}}").converted(
            to: "v1alpha1")
        shown[path: "spec", "executorSetSpec", "spiced", "http_port"] = 2
        let stored = try shown.converted(to: "v2")
        #expect(stored[path: "spec", "schedulerSpec", "http", "port"] == 1)
        #expect(stored[path: "spec", "executorSpec", "http", "port"] == 2)
    }

    /// v2 refuses probes of executors, so what v1alpha1 takes of them is kept aside.
    @Test func probesOfExecutorsAreKeptAside() throws {
        let old = try cluster(
            "v1alpha1",
            """
            schedulerSetSpec: {probes: {liveness: {periodSeconds: 5}}}
            executorSetSpec: {probes: {liveness: {periodSeconds: 6}}}
            """)
        let new = try old.converted(to: "v2")
        #expect(new[path: "spec", "schedulerSpec", "probes"] == ["liveness": ["periodSeconds": 5]])
        #expect(new[path: "spec", "executorSpec", "probes"] == nil)
        #expect(try new.converted(to: "v1alpha1").manifest == old)
    }

    @Test(arguments: ["schedulerSetSpec", "executorSetSpec"]) func whatIsNoSpecComesBack(_ role: String) throws {
        for value in [.null, 1, "x", [], [:]] as [JSONValue] {
            var old = try cluster("v1alpha1", "{schedulerSetSpec: {}, executorSetSpec: {}}")
            old[path: "spec", role] = value
            #expect(try old.converted(to: "v2").converted(to: "v1alpha1").manifest == old)
        }
    }
}
