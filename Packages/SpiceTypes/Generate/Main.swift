import Foundation
import SpiceSchema

/// Writes the CRDs made from the Swift types: `generate-crds [--check] [ROOT]`. With `--check` it only compares.
@main
enum Main {
    static func main() throws {
        var arguments = CommandLine.arguments.dropFirst()
        let check = arguments.first == "--check"
        if check { arguments.removeFirst() }
        let root = URL(fileURLWithPath: arguments.first ?? ".")
        var stale = false
        let sources = try texts(in: GeneratedFiles.sourceFolders, "swift", root)
        let schemas = try texts(in: [GeneratedFiles.spicepodSchemaFolder], "yaml", root)
        for (path, text) in try GeneratedFiles.make(sources: sources, spicepodSchemas: schemas) {
            let file = root.appendingPathComponent(path)
            if (try? String(contentsOf: file, encoding: .utf8)) == text { continue }
            if check {
                print("\(path) is stale: run `make generate`")
                stale = true
            } else {
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
                print("wrote \(path)")
            }
        }
        if stale { exit(1) }
    }

    private static func texts(in folders: [String], _ pathExtension: String, _ root: URL) throws -> [String] {
        try folders.flatMap { folder in
            let folder = root.appendingPathComponent(folder)
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == pathExtension }
                .sorted { $0.path < $1.path }
                .map { try String(contentsOf: $0, encoding: .utf8) }
        }
    }
}
