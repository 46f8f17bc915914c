import Foundation
import JSON
import LocalControlPlane
import Testing

/// Stock kubectl works against the whole thing over HTTPS: certificates, discovery, OpenAPI, tables, watches.
@Suite(.enabled(if: Kubectl.path != nil, "kubectl is not on PATH"))
struct KubectlTests {
    @Test(.timeLimit(.minutes(2))) func everydayCommands() async throws {
        try await Kubectl.withControlPlane { kubectl in
            let definition = try await kubectl.run("apply", "-f", "-", input: widgetDefinition.text)
            #expect(definition.output.contains("created"))
            try await kubectl.succeed("wait", "--for=condition=Established", "crd/widgets.example.io", "--timeout=10s")

            let manifest = widget("one", ["name": "abc", "replicas": 2]).text
            #expect(try await kubectl.run("apply", "-f", "-", input: manifest).output == "widget.example.io/one created\n")
            #expect(try await kubectl.run("apply", "-f", "-", input: manifest).output == "widget.example.io/one unchanged\n")
            let conflict = try await kubectl.run(
                "apply", "--server-side", "-f", "-", input: widget("one", ["name": "abc", "replicas": 3]).text)
            #expect(conflict.errors.contains("conflict with \"kubectl-client-side-apply\" using example.io/v1: .spec.replicas"))
            let strict = try await kubectl.run("apply", "-f", "-", input: widget("two", ["name": "abc", "bogus": 1]).text)
            #expect(strict.errors.contains("unknown field \"spec.bogus\""))

            let row = try await kubectl.succeed("get", "wd", "--no-headers").output.split(separator: " ")
            #expect(row.prefix(2) == ["one", "2"])
            #expect(try await kubectl.succeed("describe", "wd", "one").output.contains("Replicas:  2"))
            #expect(try await kubectl.succeed("explain", "widget.spec").output.contains("What is wanted."))
            #expect(try await kubectl.succeed("api-resources").output.contains("widgets"))
            try await kubectl.succeed("scale", "wd/one", "--replicas=5")
            try await kubectl.succeed("label", "wd", "one", "a=b")
            try await kubectl.succeed("annotate", "wd", "one", "c=d")
            try await kubectl.succeed("patch", "wd", "one", "--type=merge", "-p", #"{"spec":{"mode":"B"}}"#)
            try await kubectl.succeed("edit", "wd", "one", environment: ["KUBE_EDITOR": "sed -i 's/name: abc$/name: abd/'"])
            let spec = try await kubectl.succeed("get", "wd", "one", "-o", "jsonpath={.spec.name} {.spec.mode} {.spec.replicas}")
            #expect(spec.output == "abd B 5")

            async let waiting = kubectl.run("wait", "--for=condition=Ready", "wd/one", "--timeout=30s")
            try await kubectl.succeed(
                "patch", "wd", "one", "--subresource=status", "--type=merge", "-p",
                #"{"status":{"conditions":[{"type":"Ready","status":"True"}]}}"#)
            let waited = try await waiting
            #expect(waited.status == 0)
            try await kubectl.succeed("delete", "wd", "one")
        }
    }

    /// A StatefulSet becomes ready by real probes of a pretend `spiced` on the pod's own address.
    @Test(.timeLimit(.minutes(2))) func workload() async throws {
        try await Kubectl.withControlPlane { kubectl in
            try await kubectl.succeed("apply", "-f", "-", input: statefulSet("web", replicas: 2, claim: true).text)
            try await kubectl.succeed("rollout", "status", "sts/web", "--timeout=60s")
            let pods = try await kubectl.succeed("get", "pods", "--no-headers", "-o", "wide").output
            #expect(pods.split(separator: "\n").count == 2)
            #expect(pods.split(separator: "\n").allSatisfy { $0.contains("1/1") && $0.contains("Running") })
            #expect(try await kubectl.succeed("describe", "pod", "web-0").output.contains("Successfully assigned default/web-0"))
            try await kubectl.succeed("scale", "sts/web", "--replicas=1")
            try await kubectl.succeed("wait", "--for=delete", "pod/web-1", "--timeout=60s")
            try await kubectl.succeed("delete", "sts", "web", "--cascade=foreground", "--timeout=60s")
            #expect(try await kubectl.succeed("get", "pods", "--no-headers").output.isEmpty)
        }
    }

    /// Imperative commands send protobuf for simple kinds.
    @Test(.timeLimit(.minutes(2))) func imperativeCommands() async throws {
        try await Kubectl.withControlPlane { kubectl in
            try await kubectl.succeed("create", "namespace", "n")
            try await kubectl.succeed("create", "configmap", "c", "-n", "n", "--from-literal=a=b")
            try await kubectl.succeed("create", "secret", "generic", "s", "-n", "n", "--from-literal=a=b")
            let data = try await kubectl.succeed("get", "cm/c", "secret/s", "-n", "n", "-o", "jsonpath={.items[*].data.a}")
            #expect(data.output == "b Yg==")
            #expect(try await kubectl.succeed("auth", "can-i", "create", "pods").output == "yes\n")
            try await kubectl.succeed("delete", "namespace", "n", "--timeout=30s")
        }
    }

    /// State on disk survives a restart, and so do the certificate and the token of the kubeconfig.
    @Test(.timeLimit(.minutes(2))) func restart() async throws {
        let directory = try Kubectl.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = ControlPlane.Options()
        options.dataDirectory = "\(directory)/data"
        try await Kubectl.withControlPlane(options) { kubectl in
            try await kubectl.succeed("apply", "-f", "-", input: widgetDefinition.text)
            try await kubectl.succeed("apply", "-f", "-", input: widget("one", ["name": "abc"]).text)
        }
        try await Kubectl.withControlPlane(options) { kubectl in
            let found = try await kubectl.succeed("get", "wd", "one", "-o", "jsonpath={.spec.name}")
            #expect(found.output == "abc")
        }
    }
}

/// Runs kubectl against a control plane of its own.
struct Kubectl: Sendable {
    static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/kubectl" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    var kubeconfig: String
    var cache: String

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    static func temporaryDirectory() throws -> String {
        let directory = "\(NSTemporaryDirectory())/local-control-plane-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        return directory
    }

    static func withControlPlane(
        _ options: ControlPlane.Options = ControlPlane.Options(), _ body: @escaping @Sendable (Kubectl) async throws -> Void
    ) async throws {
        let directory = try temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var options = options
        options.kubeconfig = "\(directory)/kubeconfig"
        options.speed = 10
        let plane = ControlPlane(options)
        let (ready, continuation) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await plane.run { continuation.yield() }
                continuation.finish()
            }
            for await _ in ready { break }
            do {
                try await body(Kubectl(kubeconfig: "\(directory)/kubeconfig", cache: "\(directory)/cache"))
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @discardableResult
    func succeed(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Result {
        let result = try await run(arguments, input: input, environment: environment)
        guard result.status == 0 else {
            throw Failure(description: "kubectl \(arguments.joined(separator: " ")): \(result.errors)")
        }
        return result
    }

    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Result {
        try await run(arguments, input: input, environment: environment)
    }

    private func run(_ arguments: [String], input: String, environment: [String: String]) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path ?? "kubectl")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["KUBECONFIG": kubeconfig, "KUBECACHEDIR": cache]) { $1 }
            .merging(environment) { $1 }
        let files = try ["in", "out", "err"].map { name -> FileHandle in
            let path = "\(cache)-\(UUID().uuidString).\(name)"
            try (name == "in" ? input : "").write(toFile: path, atomically: false, encoding: .utf8)
            guard let handle = FileHandle(forUpdatingAtPath: path) else { throw Failure(description: "cannot open \(path)") }
            return handle
        }
        process.standardInput = files[0]
        process.standardOutput = files[1]
        process.standardError = files[2]
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        func text(_ handle: FileHandle) throws -> String {
            try handle.seek(toOffset: 0)
            return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        }
        return Result(status: status, output: try text(files[1]), errors: try text(files[2]))
    }
}
