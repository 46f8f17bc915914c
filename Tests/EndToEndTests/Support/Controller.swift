import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes

/// An executable of the suite that runs on its own.
enum TestedService: String, Sendable, CaseIterable {
    case setController = "set-controller"
    case clusterController = "cluster-controller"
    case certManager = "cert-manager"

    var executable: String { TestRun.binary(rawValue) }
    var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: executable) }
    /// The kind that its webhooks judge and convert.
    var judged: ResourceType { self == .clusterController ? .spicepodClusters : .spicepodSets }
    /// The Secret that its webhooks are served with.
    var servingSecret: String { "\(rawValue)-webhook-tls" }
}

/// A running service.
struct Controller: Sendable {
    enum Endpoint: String, CaseIterable { case health, metrics, webhook }

    var service: TestedService
    var identity: String
    var program: Program
    /// Of its HTTPS server.
    private(set) var webhookAddress = ""
    private var transports: [Endpoint: CurlTransport]

    /// Returns when it listens.
    static func start(
        _ service: TestedService = .setController, _ identity: String, namespace: String, kubeconfig: String, arguments: [String]
    ) async throws -> Controller {
        let endpoints = service == .certManager ? [.health, .metrics] : Endpoint.allCases
        let addresses = endpoints.flatMap { ["--\($0 == .health ? "health-probe" : $0.rawValue)-bind-address", "127.0.0.1:0"] }
        let program = try Program(
            service.executable,
            [
                "--kubeconfig", kubeconfig, "--watch-namespaces", namespace, "--operator-namespace", namespace, "--identity",
                identity,
            ] + addresses + arguments,
            log: "\(try TestRun.makeDirectory("\(service.rawValue)-\(identity)"))/log")
        var transports: [Endpoint: CurlTransport] = [:]
        var webhookAddress = ""
        for endpoint in endpoints {
            let found = try await eventually("\(service.rawValue) logs its \(endpoint) address") {
                guard program.isRunning else {
                    throw TimedOut(description: "\(service.rawValue) ended: \(program.logText.suffix(2000))")
                }
                return Self.address(endpoint, in: program.logText)
            }
            if endpoint == .webhook { webhookAddress = found }
            transports[endpoint] = ServerAddress("http://\(found)").map { CurlTransport(CurlConfiguration(server: $0)) }
        }
        return Controller(
            service: service, identity: identity, program: program, webhookAddress: webhookAddress, transports: transports)
    }

    private static func address(_ endpoint: Endpoint, in log: String) -> String? {
        for line in log.split(separator: "\n") where line.contains("\"endpoint\"") {
            guard let entry = try? JSONValue(parsing: String(line)), entry["endpoint"]?.stringValue == endpoint.rawValue else {
                continue
            }
            return entry["address"]?.stringValue
        }
        return nil
    }

    func ask(_ endpoint: Endpoint, _ path: String, method: HTTPRequest.Method = .get, query: [(name: String, value: String)] = [])
        async throws -> (status: Int, text: String)
    {
        guard let transport = transports[endpoint] else { throw TimedOut(description: "no \(endpoint) address") }
        let response = try await transport.send(HTTPRequest(method, path, query: query, timeout: .seconds(10)))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    func awaitReady() async throws {
        var last = ""
        do {
            try await eventually("\(service.rawValue) \(identity) is ready") {
                let (status, text) = try await ask(.health, "/ready")
                last = text
                return status == 200
            }
        } catch let error as TimedOut {
            throw TimedOut(description: "\(error): \(last)")
        }
    }
}
