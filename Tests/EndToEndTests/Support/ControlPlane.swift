import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// The kinds of control plane that every test runs on.
enum ControlPlane: String, Sendable, CustomTestStringConvertible {
    case embedded
    /// etcd, kube-apiserver and kube-controller-manager, with simulated nodes.
    case real

    static let available: [ControlPlane] = {
        guard assets != nil else {
            print("The end-to-end tests on a real control plane are left out: no binaries in $KUBEBUILDER_ASSETS.")
            return [.embedded]
        }
        return [.embedded, .real]
    }()

    static let assets: String? = {
        let environment = ProcessInfo.processInfo.environment
        let folder = environment["SPICE_TEST_ASSETS"] ?? environment["KUBEBUILDER_ASSETS"] ?? "/usr/local/kubebuilder/bin"
        let needed = ["etcd", "kube-apiserver", "kube-controller-manager"]
        return needed.allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") } ? folder : nil
    }()

    var testDescription: String { rawValue }

    /// One of each kind serves the whole run.
    var shared: RunningControlPlane {
        get async throws { try await SharedControlPlanes.instance.get(self) }
    }
}

private actor SharedControlPlanes {
    static let instance = SharedControlPlanes()
    private var starting: [ControlPlane: Task<RunningControlPlane, any Error>] = [:]

    func get(_ kind: ControlPlane) async throws -> RunningControlPlane {
        let task =
            starting[kind]
            ?? Task {
                let plane =
                    switch kind {
                    case .embedded: try await RunningControlPlane.startEmbedded()
                    case .real: try await RunningControlPlane.startReal()
                    }
                try await plane.installConversion()
                return plane
            }
        starting[kind] = task
        return try await task.value
    }
}

/// A control plane with the suite's CRDs.
struct RunningControlPlane: Sendable {
    var kind: ControlPlane
    var program: Program
    var directory: String
    var audit: AuditLog
    var client: KubernetesClient
    let certificate: WebhookCertificate

    var kubeconfig: String { "\(directory)/kubeconfig" }

    private init(_ kind: ControlPlane, _ program: Program, _ directory: String) async throws {
        let kubeconfig = "\(directory)/kubeconfig"
        try await eventually("the \(kind) control plane answers", within: .seconds(90)) {
            guard program.isRunning else { throw TimedOut(description: "\(program.name) ended: \(program.logText.suffix(2000))") }
            return FileManager.default.fileExists(atPath: kubeconfig)
        }
        self.kind = kind
        self.program = program
        self.directory = directory
        certificate = try WebhookCertificate()
        audit = AuditLog(path: "\(directory)/audit.log")
        client = KubernetesClient(
            transport: try await ClusterConnection.load(kubeconfig: kubeconfig).makeTransport(), fieldManager: "end-to-end",
            userAgent: "end-to-end")
    }

    /// - Parameters:
    ///   - address: port 0 takes a free one.
    ///   - keepsState: in the directory, over restarts.
    static func startEmbedded(in directory: String? = nil, address: String = "127.0.0.1:0", keepsState: Bool = false) async throws
        -> RunningControlPlane
    {
        let directory = try directory ?? TestRun.makeDirectory("embedded")
        let arguments =
            ["--listen", address, "--kubeconfig", "\(directory)/kubeconfig", "--audit-log", "\(directory)/audit.log"]
            + (keepsState ? ["--data-dir", "\(directory)/data"] : [])
        let program = try Program(TestRun.localControlPlane, arguments, log: "\(directory)/log")
        let plane = try await RunningControlPlane(.embedded, program, directory)
        try await plane.installDefinitions()
        return plane
    }

    static func startReal() async throws -> RunningControlPlane {
        let directory = try TestRun.makeDirectory("real")
        let program = try Program(
            "/bin/bash", ["\(TestRun.repository)/scripts/real-control-plane", directory],
            environment: ["KUBEBUILDER_ASSETS": ControlPlane.assets ?? ""], log: "\(directory)/log")
        let plane = try await RunningControlPlane(.real, program, directory)
        let nodes = try Program(
            TestRun.localControlPlane, ["nodes", "--kubeconfig", plane.kubeconfig], log: "\(directory)/nodes.log")
        try await plane.installDefinitions()
        try await eventually("there are nodes") {
            guard nodes.isRunning else { throw TimedOut(description: "the simulated nodes ended: \(nodes.logText.suffix(2000))") }
            return try await !plane.client.list(.nodes, namespace: nil).items.isEmpty
        }
        return plane
    }

    /// One service of each kind converts for everybody: conversion is of the whole cluster.
    func installConversion() async throws {
        let namespace = "spice-conversion"
        _ = try await client.create(
            .namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]])
        for service: TestedService in [.setController, .clusterController] {
            _ = try await client.create(.secrets, certificate.secret(of: service, in: namespace))
            let controller = try await Controller.start(
                service, "conversion", namespace: namespace, kubeconfig: kubeconfig, arguments: [])
            try await convert(by: controller, caBundle: certificate.caBundle)
            try await controller.awaitReady()
        }
    }

    /// Has a service convert the kind that is its own.
    func convert(by controller: Controller, caBundle: JSONValue = .null) async throws {
        let config: JSONValue = [
            "service": .null, "url": .string("https://\(controller.webhookAddress)/convert"), "caBundle": caBundle,
        ]
        _ = try await client.patch(
            .customResourceDefinitions, ObjectKey(name: "\(controller.service.judged.plural).spice.ai"),
            .merge(["spec": ["conversion": ["webhook": ["clientConfig": config]]]]))
    }

    private func installDefinitions() async throws {
        let result = try await Program.run(TestRun.operatorCLI, ["crd", "--apply", "--kubeconfig", kubeconfig])
        guard result.status == 0 else { throw TimedOut(description: "spiceai-operator crd --apply: \(result.errors)") }
    }
}
