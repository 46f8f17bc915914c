import Foundation
import SpiceSchema
import Testing

/// The generated files in the repository are what the types give: run `make generate` after changing one.
@Suite struct GeneratedFilesTests {
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func areCurrent() throws {
        let files = try GeneratedFiles.make(
            sources: texts(in: GeneratedFiles.sourceFolders, ".swift"),
            spicepodSchemas: texts(in: [GeneratedFiles.spicepodSchemaFolder], ".yaml"))
        #expect(!files.isEmpty)
        for (path, text) in files {
            let current = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            #expect(current == text, "\(path) is stale: run `make generate`")
        }
    }

    private func texts(in folders: [String], _ ending: String) throws -> [String] {
        try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).sorted()
                .filter { $0.hasSuffix(ending) }
                .map { try String(contentsOf: root.appendingPathComponent("\(folder)/\($0)"), encoding: .utf8) }
        }
    }
}
