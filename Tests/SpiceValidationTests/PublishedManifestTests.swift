import Foundation
import JSON
import SpiceTypes
import SpiceValidation
import Testing
import YAML

/// Nothing is found in what the examples show, and in the sets that the golden files are made from.
@Suite struct PublishedManifestTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let files: [String] = {
        let folders = ["examples", "Tests/SetControllerTests/Goldens"]
        return folders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
            return names.filter { $0.hasSuffix(".yaml") && !$0.contains(".objects.") }.sorted().map { "\(folder)/\($0)" }
        }
    }()

    @Test func areThere() {
        #expect(Self.files.count > 8)
    }

    @Test(arguments: files)
    func noErrors(file: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
        for document in try YAML.documents(text) where document["kind"] == "SpicepodSet" {
            let set = try JSONTreeDecoder().decode(SpicepodSet.self, from: document)
            let meant = ["dns-egress", "insecure-connections"]
            #expect(Sample.told(set).filter { told in !meant.contains { told.hasPrefix($0) } } == [])
        }
    }

    @Test func noFindingsInClusters() throws {
        let clusters = try Self.files.flatMap { file in
            try YAML.documents(String(contentsOf: Self.root.appending(path: file), encoding: .utf8))
        }.filter { $0["kind"] == "SpicepodCluster" && $0["apiVersion"] == "spice.ai/v2" }
        #expect(!clusters.isEmpty)
        for document in clusters {
            #expect(ClusterSample.told(try JSONTreeDecoder().decode(SpicepodCluster.self, from: document)) == [])
        }
    }
}
