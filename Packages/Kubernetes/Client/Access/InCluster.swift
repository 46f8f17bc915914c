extension ClusterConnection {
    /// The cluster that this process runs in as a pod; nil when it does not.
    static func inCluster(_ environment: ClusterEnvironment, time: TimeSource) throws(KubeconfigError) -> ClusterConnection? {
        let tokenPath = environment.serviceAccount + "/token"
        guard let host = environment.variable("KUBERNETES_SERVICE_HOST"), !host.isEmpty, File.exists(tokenPath) else { return nil }
        let text = environment.variable("KUBERNETES_SERVICE_PORT_HTTPS") ?? environment.variable("KUBERNETES_SERVICE_PORT") ?? "443"
        guard let port = UInt16(text), port > 0 else {
            throw KubeconfigError(
                .invalid, field: "$KUBERNETES_SERVICE_PORT", "\"\(text)\" is no port",
                remedy: "the kubelet sets it: do not override it")
        }
        var files = CredentialFiles()
        files.token = .file(tokenPath)
        files.authorities = .file(environment.serviceAccount + "/ca.crt")
        let credential: Credential
        let namespace: String
        do {
            credential = try files.load()
            namespace = String(decoding: try File.read(environment.serviceAccount + "/namespace"), as: UTF8.self)
        } catch let error as CredentialFiles.Failure {
            throw unusable(environment, "\(error.path ?? error.field) \(error.message)")
        } catch {
            throw unusable(environment, "\(environment.serviceAccount)/namespace cannot be read: \(error)")
        }
        var configuration = CurlConfiguration(server: ServerAddress(host: host, port: Int(port)))
        configuration.authorities = credential.authorities
        let name = namespace.filter { !$0.isWhitespace }
        return ClusterConnection(
            configuration: configuration, credentials: files.source(initial: credential, time: time),
            namespace: name.isEmpty ? "default" : name, origin: "the pod's service account")
    }

    private static func unusable(_ environment: ClusterEnvironment, _ message: String) -> KubeconfigError {
        KubeconfigError(
            .unreadable, file: environment.serviceAccount, message,
            remedy: "let the pod mount its service account token (automountServiceAccountToken)")
    }
}
