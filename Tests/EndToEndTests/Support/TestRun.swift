import Foundation
import Synchronization

/// Where things are.
enum TestRun {
    /// Of this run: logs, kubeconfigs. Removed at the end unless `SPICE_TEST_KEEP` is set.
    static let directory: String = {
        let path = "\(NSTemporaryDirectory())/spice-end-to-end-\(UUID().uuidString.prefix(8).lowercased())"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }()

    private static let count = Mutex(0)

    static func makeDirectory(_ name: String) throws -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let path = "\(directory)/\(number)-\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    static let repository: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.path
    }()

    /// `$SPICE_TEST_BIN`, else the folder that the tests were built in.
    private static let binaries =
        ProcessInfo.processInfo.environment["SPICE_TEST_BIN"]
        ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path

    static func binary(_ name: String) -> String { "\(binaries)/\(name)" }

    static let localControlPlane = binary("local-control-plane")
    static let operatorCLI = binary("spiceai-operator")
}
