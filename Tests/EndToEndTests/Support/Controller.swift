import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes

/// A running set-controller.
struct Controller: Sendable {
    enum Endpoint: String, CaseIterable { case health, metrics, webhook }

    var identity: String
    var program: Program
    /// Of its HTTPS server.
    private(set) var webhookAddress = ""
    private var transports: [Endpoint: CurlTransport]

    /// Returns when it listens.
    static func start(
        _ identity: String, namespace: String, kubeconfig: String, arguments: [String], directory: String
    ) async throws -> Controller {
        let program = try Program(
            TestRun.setController,
            [
                "--kubeconfig", kubeconfig, "--watch-namespaces", namespace, "--operator-namespace", namespace,
                "--health-probe-bind-address", "127.0.0.1:0", "--metrics-bind-address", "127.0.0.1:0", "--webhook-bind-address",
                "127.0.0.1:0", "--identity", identity,
            ] + arguments,
            log: "\(try TestRun.makeDirectory("set-controller-\(identity)"))/log")
        var transports: [Endpoint: CurlTransport] = [:]
        var webhookAddress = ""
        for endpoint in Endpoint.allCases {
            let found = try await eventually("set-controller logs its \(endpoint) address") {
                guard program.isRunning else {
                    throw TimedOut(description: "set-controller ended: \(program.logText.suffix(2000))")
                }
                return Self.address(endpoint, in: program.logText)
            }
            if endpoint == .webhook { webhookAddress = found }
            transports[endpoint] = ServerAddress("http://\(found)").map { CurlTransport(CurlConfiguration(server: $0)) }
        }
        return Controller(identity: identity, program: program, webhookAddress: webhookAddress, transports: transports)
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
            try await eventually("set-controller \(identity) is ready") {
                let (status, text) = try await ask(.health, "/ready")
                last = text
                return status == 200
            }
        } catch let error as TimedOut {
            throw TimedOut(description: "\(error): \(last)")
        }
    }
}
