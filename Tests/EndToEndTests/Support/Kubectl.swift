import Foundation
import JSON
import KubernetesModel

/// Stock kubectl.
enum Kubectl {
    /// nil where none is on PATH.
    static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/kubectl" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}

extension World {
    /// In this world's namespace; whatever its exit status.
    func tryKubectl(_ arguments: String..., input: JSONValue? = nil) async throws -> Program.Result {
        try await runKubectl(arguments, input)
    }

    /// - Returns: standard output.
    @discardableResult
    func kubectl(_ arguments: String..., input: JSONValue? = nil) async throws -> String {
        let result = try await runKubectl(arguments, input)
        guard result.status == 0 else {
            throw TimedOut(description: "kubectl \(arguments.joined(separator: " ")): \(result.errors)")
        }
        return result.output
    }

    private func runKubectl(_ arguments: [String], _ input: JSONValue?) async throws -> Program.Result {
        try await Program.run(
            Kubectl.path ?? "/usr/bin/kubectl", ["--namespace", namespace] + arguments,
            environment: ["KUBECONFIG": plane.kubeconfig, "KUBECACHEDIR": "\(plane.directory)/kubectl"], input: input?.text)
    }
}
