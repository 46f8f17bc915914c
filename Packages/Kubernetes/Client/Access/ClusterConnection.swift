/// A cluster that can be reached: where it is, what it is trusted by and who we are there.
public struct ClusterConnection: Sendable {
    public let configuration: CurlConfiguration
    /// Shared by all transports: an exec plugin runs once for all of them.
    public let credentials: any CredentialSource
    /// The namespace of the context or of the pod.
    public let namespace: String
    /// Where this was found, for logs: `context dev of /home/me/.kube/config`.
    public let origin: String

    public init(configuration: CurlConfiguration, credentials: any CredentialSource, namespace: String, origin: String) {
        self.configuration = configuration
        self.credentials = credentials
        self.namespace = namespace
        self.origin = origin
    }

    /// A transport with a connection and a thread of its own.
    public func makeTransport() -> CurlTransport {
        CurlTransport(configuration, credentials: credentials)
    }
}

extension ClusterConnection {
    /// Finds the cluster: the `kubeconfig` given, else the files of `$KUBECONFIG`, else the pod's service account, else
    /// `~/.kube/config`. Who names a context means a kubeconfig: the service account is left out then.
    /// - Throws: `KubeconfigError`.
    public static func load(
        kubeconfig: String? = nil, context: String? = nil, environment: ClusterEnvironment = .current, time: TimeSource = .system
    ) async throws -> ClusterConnection {
        try await OwnThread.run {
            if let kubeconfig, !kubeconfig.isEmpty {
                return try read([kubeconfig], mustExist: true).connection(context: context, time: time)
            }
            if let list = environment.variable("KUBECONFIG"), !list.isEmpty {
                let paths = list.split(separator: ":").map(String.init)
                return try read(paths, mustExist: false).connection(context: context, time: time)
            }
            if context == nil, let inCluster = try inCluster(environment, time: time) { return inCluster }
            guard let path = environment.homeKubeconfig, File.exists(path) else {
                throw notFound(environment, context: context)
            }
            return try read([path], mustExist: true).connection(context: context, time: time)
        }
    }

    /// A kubeconfig that was asked for must exist; of several, those that do not are passed over as kubectl does.
    private static func read(_ paths: [String], mustExist: Bool) throws(KubeconfigError) -> Kubeconfig {
        var config = Kubeconfig()
        for path in paths {
            let content: [UInt8]
            do {
                content = try File.read(path)
            } catch {
                if error.isMissing, !mustExist { continue }
                throw KubeconfigError(
                    error.isMissing ? .notFound : .unreadable, file: path,
                    error.isMissing ? "does not exist" : "cannot be read: \(error)",
                    remedy: error.isMissing ? "correct the path given" : "check its permissions")
            }
            try config.merge(String(decoding: content, as: UTF8.self), file: path)
        }
        guard !config.files.isEmpty else {
            throw KubeconfigError(
                .notFound, "$KUBECONFIG names only files that do not exist: \(paths.joined(separator: ", "))",
                remedy: "correct or unset the variable")
        }
        return config
    }

    private static func notFound(_ environment: ClusterEnvironment, context: String?) -> KubeconfigError {
        let service =
            environment.variable("KUBERNETES_SERVICE_HOST") == nil
            ? "$KUBERNETES_SERVICE_HOST is not set" : "no service account token in \(environment.serviceAccount)"
        let skipped = context == nil ? service : "left out because a context is named"
        return KubeconfigError(
            .notFound, context: context,
            """
            no cluster is configured: no --kubeconfig, $KUBECONFIG is not set, in-cluster: \(skipped), \
            no file \(environment.homeKubeconfig ?? "~/.kube/config ($HOME is not set)")
            """, remedy: "give --kubeconfig or run in a pod with a service account")
    }
}
