import Testing

@testable import KubernetesClient

/// Which of several configurations is meant.
@Suite struct PrecedenceTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for name in ["flag", "env", "second"] { try directory.write(name, KubeconfigTests.config("https://\(name):1")) }
        try directory.write("home/.kube/config", KubeconfigTests.config("https://home:1"))
        try directory.write("pod/token", "pod-token")
        try directory.write("pod/ca.crt", Certificates.authority)
        try directory.write("pod/namespace", "pod-namespace\n")
    }

    private func path(_ name: String) -> String { directory.path + "/" + name }

    private func load(_ variables: [String: String], flag: String? = nil, context: String? = nil, pod: String = "pod")
        async throws -> ClusterConnection
    {
        try await ClusterConnection.load(
            kubeconfig: flag.map(path), context: context,
            environment: ClusterEnvironment(variable: { variables[$0] }, serviceAccount: path(pod)))
    }

    private var everything: [String: String] {
        [
            "KUBECONFIG": "\(path("missing")):\(path("env")):\(path("second"))", "HOME": path("home"),
            "KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443", "KUBERNETES_SERVICE_PORT_HTTPS": "6443",
        ]
    }

    @Test func order() async throws {
        var variables = everything
        #expect(try await load(variables, flag: "flag").configuration.server.host == "flag")
        #expect(try await load(variables).configuration.server.host == "env")
        variables["KUBECONFIG"] = nil
        let pod = try await load(variables)
        #expect(pod.configuration.server == ServerAddress(host: "[fd00::1]", port: 6443))
        #expect(pod.namespace == "pod-namespace")
        #expect(pod.configuration.authorities == Array(Certificates.authority.utf8))
        #expect(try await pod.credentials.credential().authorization == "Bearer pod-token")
        #expect(try await load(variables, context: "dev").configuration.server.host == "home")
        #expect(try await load(variables, pod: "no-pod").configuration.server.host == "home")
        variables["KUBERNETES_SERVICE_HOST"] = nil
        #expect(try await load(variables).configuration.server.host == "home")
    }

    /// A file that was named must be there; without any configuration the error says what was looked for.
    @Test func nothingFound() async throws {
        await #expect { try await load(everything, flag: "missing") } throws: {
            "\($0)" == "kubeconfig \(path("missing")): does not exist (correct the path given)"
        }
        await #expect { try await load(["KUBECONFIG": path("missing")]) } throws: {
            ($0 as? KubeconfigError)?.code == .notFound && "\($0)".contains(path("missing"))
        }
        await #expect { try await load(["HOME": path("pod")]) } throws: {
            let text = "\($0)"
            return ["--kubeconfig", "$KUBECONFIG", "$KUBERNETES_SERVICE_HOST", path("pod/.kube/config")].allSatisfy {
                text.contains($0)
            }
        }
    }

    /// A service account that lacks a part says which.
    @Test func brokenServiceAccount() async throws {
        try directory.write("broken/token", "t")
        await #expect { try await load(["KUBERNETES_SERVICE_HOST": "h"], pod: "broken") } throws: {
            "\($0)".contains(path("broken/ca.crt") + " cannot be read")
        }
    }
}
