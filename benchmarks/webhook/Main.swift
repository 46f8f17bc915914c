import Glibc
import JSON
import KubernetesModel
import Logging
import NIOPosix
import PKI
import ServiceKit
import ServiceLifecycle
import SetController
import SpiceValidation
import UnixSignals

/// set-controller's webhooks over TLS, with the real handlers and without a cluster, for `benchmarks/webhook/run`.
///
/// Writes to the directory that is its argument: `validate.json` and `convert.json`, the reviews to be sent, and `address` once it
/// listens.
@main
struct BenchWebhook {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: bench-webhook DIRECTORY")
            exit(64)
        }
        let directory = CommandLine.arguments[1]
        try write(SampleReview.admission.serialized(), to: "\(directory)/validate.json")
        try write(SampleReview.conversion.serialized(), to: "\(directory)/convert.json")

        let context = ServingContext()
        context.install(try certificate())
        var routes = HTTPRouter()
        SetWebhooks(policy: .err, storageClasses: { nil }).addRoutes(to: &routes)
        let logger = Logger(label: "bench-webhook")
        let server = try await WebhookServer.bind(
            address: ListenAddress(host: "127.0.0.1", port: 0), context: context, routes: routes,
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1), logger: logger)
        try write(Array("\(server.address)\n".utf8), to: "\(directory)/address")
        try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
    }

    private static func certificate() throws -> ServingCertificate {
        let now = WallClock.now()
        let key = try PrivateKey.generate()
        let leaf = try Certificate.selfSigned(
            CertificateProfile(
                commonName: "bench", purpose: .server, names: [.address([127, 0, 0, 1])], notBefore: now + .seconds(-60),
                notAfter: now + .seconds(86400)), key: key)
        return try ServingCertificate(chain: Array(leaf.pem().utf8), key: Array(key.pem().utf8))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "w") else { throw ServiceError("cannot write \(path)") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw ServiceError("cannot write \(path)") }
    }
}
