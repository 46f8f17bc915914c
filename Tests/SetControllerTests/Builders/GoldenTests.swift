import Foundation
import JSON
import KubernetesModel
import SpiceTypes
import Testing
import YAML

@testable import SetController

/// Everything a running set is made of, against checked-in files: a change of a builder shows as a change of a manifest.
///
/// `SPICE_UPDATE_GOLDENS=1 swift test --filter GoldenTests` writes the files anew.
@Suite struct GoldenTests {
    static let cases: [(name: String, settings: Settings)] = [
        ("minimal", Settings()), ("full", Settings()), ("volumes", Settings()), ("network-policy", Settings()),
        ("secret-stores", Settings()), ("long-names", Settings()), ("pod-disruption-budget", Settings()),
        ("telemetry", Settings(telemetryProperties: ["environment": "production", "team": "operator"])),
        ("cluster-scheduler", Settings()), ("cluster-executor", Settings(telemetryProperties: ["environment": "production"])),
        ("cluster-scheduler-insecure", Settings()), ("cluster-executor-insecure", Settings()),
    ]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Goldens").standardizedFileURL

    @Test(arguments: cases.map(\.name))
    func matches(name: String) throws {
        let settings = try #require(Self.cases.first { $0.name == name }?.settings)
        let cluster = try Self.converged(name, settings)
        let objects = cluster.objects.sorted { ($0.key.resource.kind, $0.key.key) < ($1.key.resource.kind, $1.key.key) }
        let text = YAML.serialize(documents: objects.map(\.value), keyOrder: YAML.manifestOrder)
        let file = Self.folder.appending(path: "\(name).objects.yaml")
        if ProcessInfo.processInfo.environment["SPICE_UPDATE_GOLDENS"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(text == golden)
    }

    /// The pods of every case are admitted in a namespace that enforces Pod Security `restricted`.
    @Test(arguments: cases.map(\.name))
    func podsAreRestricted(name: String) throws {
        let cluster = try Self.converged(name, Settings())
        let workloads = cluster.objects.filter { $0.key.resource == .statefulSets }
        #expect(!workloads.isEmpty)
        for workload in workloads.values {
            let template = try #require(workload[path: "spec", "template"])
            #expect(PodSecurity.violations(of: template) == [])
        }
    }

    /// The check itself finds what it is there to find.
    @Test func unrestrictedPodsAreFound() throws {
        let template: JSONValue = [
            "spec": [
                "hostNetwork": true, "volumes": [["name": "host", "hostPath": ["path": "/"]]],
                "containers": [["name": "spiced", "securityContext": ["runAsUser": 0]]],
            ]
        ]
        #expect(
            PodSecurity.violations(of: template) == [
                "hostNetwork", "volume type hostPath", "allowPrivilegeEscalation", "runAsNonRoot", "runAsUser",
                "capabilities.drop", "seccompProfile",
            ])
    }

    private static func converged(_ name: String, _ settings: Settings) throws -> Cluster {
        let manifest = try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
        let set = try JSONTreeDecoder().decode(SpicepodSet.self, from: YAML.parse(manifest))
        var cluster = Cluster(set, settings: settings)
        try cluster.converge()
        return cluster
    }
}
