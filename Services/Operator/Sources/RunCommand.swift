public import ArgumentParser
import CertManagerProgram
import ClusterController
import ClusterControllerProgram
public import ServiceKit
public import ServiceLifecycle
import SetControllerProgram

/// `spiceai-operator run`: the whole suite in one process, for small clusters and for trying it out.
public struct RunCommand: ServiceCommand {
    public static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run every service in one process.",
        usage: "spiceai-operator run [<options>]",
        discussion: """
            The services are the same as those with executables of their own, with the same Leases: one replica can take over \
            from the other kind. Larger installations run and scale them one by one.
            """,
        version: SuiteVersion.text)

    @OptionGroup public var common: CommonOptions
    @OptionGroup var sets: SetControllerOptions
    @OptionGroup(title: "Certificates") var certificates: CertificateOptions

    public init() {}

    public static var serviceName: String { "spiceai-operator" }
    public static var switches: [String] { SetSettingsOptions.switches }

    public func parts(_ host: ServiceHost) async throws -> [any Service] {
        let policy = sets.sets.admissionPolicy
        let clusters = ClusterWebhooks(policy: policy, clusterDomain: host.options.cluster.clusterDomain)
        let setController = try await sets.parts(host, reviewing: { clusters.review($0) })
        let connection = try await host.connection()
        return try await setController + [ClusterControllerPart.make(host, connection, sets.controller, policy: policy)]
            + certificates.parts(host, sets.controller)
    }
}
