import ArgumentParser
import KubernetesClient

/// Which cluster a command talks to.
struct ClusterOptions: ParsableArguments {
    @Option(help: "The kubeconfig file; $KUBECONFIG, then ~/.kube/config by default.")
    var kubeconfig: String?

    @Option(help: "The kubeconfig's context; its current one by default.")
    var context: String?

    func client() async throws -> KubernetesClient {
        let connection = try await ClusterConnection.load(kubeconfig: kubeconfig, context: context)
        return KubernetesClient(
            transport: connection.makeTransport(), fieldManager: "spiceai-operator", userAgent: "spiceai-operator/cli")
    }
}
