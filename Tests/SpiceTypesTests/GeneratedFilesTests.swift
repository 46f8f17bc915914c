import Foundation
import SpiceSchema
import Testing

/// The generated files in the repository are what the types give: run `make generate` after changing one.
@Suite struct GeneratedFilesTests {
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func areCurrent() throws {
        var sources: [String] = []
        for folder in GeneratedFiles.sourceFolders {
            let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
            for name in names where name.hasSuffix(".swift") {
                sources.append(try String(contentsOf: root.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8))
            }
        }
        let files = try GeneratedFiles.make(sources: sources)
        #expect(!files.isEmpty)
        for (path, text) in files {
            let current = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            #expect(current == text, "\(path) is stale: run `make generate`")
        }
    }
}
