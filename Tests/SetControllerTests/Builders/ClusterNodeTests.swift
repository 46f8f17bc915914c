import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// A set of a SpicepodCluster runs nodes that know their role, their own name and each other's proof of identity.
@Suite struct ClusterNodeTests {
    /// Every StatefulSet has a Secret of its own, and every pod the DNS name that its headless Service gives it.
    @Test func nodesAreTellable() throws {
        let cluster = try Self.converged("{replicas: 2, cluster: {name: c, role: scheduler}}", domain: "example.org")
        for name in ["demo-0", "demo-1"] {
            let pod = try #require(cluster.object(.statefulSets, name)?[path: "spec", "template", "spec"])
            let secrets = pod["volumes"]?.arrayValue?.compactMap { $0[path: "secret", "secretName"]?.stringValue }
            #expect(secrets == ["\(name)-mtls"])
            let container = try #require(pod["containers"]?[0])
            #expect(
                try Self.value(of: "--node-advertise-address", container)
                    == "$(SPICE_POD_NAME).demo-headless.default.svc.example.org")
            #expect(container[path: "env"]?[0]?[path: "valueFrom", "fieldRef", "fieldPath"] == "metadata.name")
        }
    }

    /// A variable of the user's keeps its name and value.
    @Test func theUsersVariablesStay() throws {
        let container = try Self.container(
            "{env: [{name: SPICE_POD_NAME, value: mine}], cluster: {name: c, role: scheduler}}")
        let names = container["env"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(names == ["SPICE_POD_NAME_", "SPICE_POD_NAME"])
        #expect(container["env"]?[1]?["value"] == "mine")
        #expect(try Self.value(of: "--node-advertise-address", container).hasPrefix("$(SPICE_POD_NAME_)."))
    }

    @Test(arguments: [
        ("{name: c, role: scheduler}", "0.0.0.0:50052", 50052),
        ("{name: c, role: scheduler, bindAddress: '10.0.0.1:6000'}", "10.0.0.1:6000", 6000),
        ("{name: c, role: executor, bindAddress: '[::]:7000'}", "[::]:7000", 7000),
    ])
    func listens(cluster: String, address: String, port: Int64) throws {
        let container = try Self.container("{cluster: \(cluster)}")
        #expect(try Self.value(of: "--node-bind-address", container) == address)
        let ports = container["ports"]?.arrayValue?.first { $0["name"] == "cluster" }
        #expect(ports?["containerPort"]?.intValue == port)
    }

    /// The address of the schedulers makes an executor: a scheduler is never told one.
    @Test(arguments: [("executor, schedulerAddress: 'https://s:50052'", true), ("scheduler", false)])
    func schedulerAddress(role: String, isTold: Bool) throws {
        let container = try Self.container("{cluster: {name: c, role: \(role)}}")
        #expect(container["args"]?.arrayValue?.contains("--scheduler-address") == isTold)
    }

    /// What is not labelled gets no certificate, and would wait for it for ever.
    @Test(arguments: [(false, true), (true, false)])
    func certificates(allowsInsecure: Bool, areUsed: Bool) throws {
        let set = try Sample.set(yaml: "{cluster: {name: c, role: scheduler, allowInsecureConnections: \(allowsInsecure)}}")
        var cluster = Cluster(set)
        try cluster.converge()
        let workload = try #require(cluster.object(.statefulSets, "demo-0"))
        for metadata in [workload["metadata"], workload[path: "spec", "template", "metadata"]] {
            #expect((metadata?["labels"]?["spice.ai/cluster-mtls"] == "enabled") == areUsed)
        }
        let pod = try #require(workload[path: "spec", "template", "spec"])
        #expect((pod["volumes"]?.arrayValue?.contains { $0["secret"] != nil } ?? false) == areUsed)
        let args = pod["containers"]?[0]?["args"]?.arrayValue ?? []
        #expect(args.contains("--node-mtls-key-file") == areUsed)
        #expect(args.contains("--allow-insecure-connections") == !areUsed)
    }

    /// A cluster's name that is too long for a label is cut as everywhere.
    @Test func everyChildCarriesClusterAndRole() throws {
        let name = String(repeating: "c", count: 70)
        let cluster = try Self.converged(
            "{replicas: 2, cluster: {name: \(name), role: executor}, serviceAccount: {enabled: true, create: true}}")
        let label = ClusterNames(cluster: name).labelValue
        #expect(cluster.objects.count >= 7)
        for object in cluster.objects.values {
            let labels = object[path: "metadata", "labels"]
            #expect(labels?["spice.ai/cluster"] == .string(label))
            #expect(labels?["spice.ai/cluster-role"] == "executor")
        }
    }

    static func converged(_ spec: String, domain: String = "cluster.local") throws -> Cluster {
        var set = try Sample.set(yaml: spec)
        if set.spec.cluster?.role == .executor { set.spec.spicepod = nil }
        var cluster = Cluster(set, settings: Settings(clusterDomain: domain))
        try cluster.converge()
        return cluster
    }

    private static func container(_ spec: String) throws -> JSONValue {
        let workload = try converged(spec).object(.statefulSets, "demo-0")
        return try #require(workload?[path: "spec", "template", "spec", "containers"]?[0])
    }

    private static func value(of flag: String, _ container: JSONValue) throws -> String {
        let arguments = container["args"]?.arrayValue?.compactMap(\.stringValue) ?? []
        let index = try #require(arguments.firstIndex(of: flag))
        return try #require(arguments.indices.contains(index + 1) ? arguments[index + 1] : nil)
    }
}
