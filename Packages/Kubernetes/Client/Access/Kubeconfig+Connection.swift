import JSON
import KubernetesModel

extension Kubeconfig {
    /// What a context says about reaching its cluster. Reads the files that it names; blocks.
    func connection(context name: String?, time: TimeSource) throws(KubeconfigError) -> ClusterConnection {
        let (context, cluster, user) = try select(name)
        var configuration = CurlConfiguration(server: try server(cluster, context.name))
        configuration.serverName = try cluster.string("tls-server-name", context: context.name)
        configuration.skipsVerification = try cluster.bool("insecure-skip-tls-verify", context: context.name)
        configuration.compression = try !cluster.bool("disable-compression", context: context.name)
        configuration.proxy = try proxy(cluster, context.name)
        if let user { configuration.headers = try impersonation(user, context.name) }

        var files = CredentialFiles()
        files.authorities = try cluster.source("certificate-authority", context: context.name)
        if let user { try addCredentials(of: user, context.name, to: &files) }
        let initial: Credential
        do {
            initial = try files.load()
        } catch {
            let entry =
                error.field == "certificate-authority" || error.field == "certificate-authority-data" ? cluster : user ?? cluster
            throw entry.invalid(
                error.field, "\(error.path.map { "\($0) " } ?? "")\(error.message)", context: context.name,
                remedy: "check the file and its permissions")
        }
        configuration.authorities = initial.authorities
        var source = files.source(initial: initial, time: time)
        if let user, let plugin = try plugin(user, cluster, context.name), initial.authorization == nil {
            source = plugin.source(base: source, time: time, wallClock: Timestamp.wallClock)
        }
        return ClusterConnection(
            configuration: configuration, credentials: source,
            namespace: try context.string("namespace", context: context.name) ?? "default",
            origin: "context \(context.name) of \(context.file)")
    }

    private func server(_ cluster: Entry, _ context: String) throws(KubeconfigError) -> ServerAddress {
        guard let url = try cluster.string("server", context: context) else {
            throw cluster.invalid("server", "is missing", context: context, remedy: "set the API server's https:// address")
        }
        guard let server = ServerAddress(url) else {
            throw cluster.invalid(
                "server", "\"\(url)\" is no address of a server", context: context, remedy: "write https://host:port")
        }
        return server
    }

    private func proxy(_ cluster: Entry, _ context: String) throws(KubeconfigError) -> String? {
        guard let url = try cluster.string("proxy-url", context: context) else { return nil }
        // The proxy resolves names, as with kubectl.
        if url.hasPrefix("socks5://") { return "socks5h://" + url.dropFirst("socks5://".count) }
        guard ["http://", "https://", "socks5h://"].contains(where: url.hasPrefix) else {
            throw cluster.invalid(
                "proxy-url", "begins with none of http://, https:// and socks5://", context: context, remedy: "correct the address")
        }
        return url
    }

    private func addCredentials(of user: Entry, _ context: String, to files: inout CredentialFiles) throws(KubeconfigError) {
        if user.value["auth-provider"]?.objectValue != nil {
            throw user.invalid(
                "auth-provider", "is no longer part of Kubernetes", context: context, remedy: "use the exec plugin of the provider")
        }
        if let path = try user.string("tokenFile", context: context) {
            files.token = .file(user.resolve(path))
        } else if let token = try user.string("token", context: context) {
            files.token = .data(Array(token.utf8))
        }
        if let name = try user.string("username", context: context) {
            files.basic = "\(name):\(try user.string("password", context: context) ?? "")"
        }
        files.certificate = try user.source("client-certificate", context: context)
        files.key = try user.source("client-key", context: context)
        if (files.certificate == nil) != (files.key == nil) {
            let missing = files.key == nil ? "client-key" : "client-certificate"
            throw user.invalid(missing, "is missing", context: context, remedy: "give certificate and key, or neither")
        }
    }

    private func impersonation(_ user: Entry, _ context: String) throws(KubeconfigError) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        if let name = try user.string("as", context: context) { headers.append(("Impersonate-User", name)) }
        if let uid = try user.string("as-uid", context: context) { headers.append(("Impersonate-Uid", uid)) }
        for group in user.value["as-groups"]?.arrayValue ?? [] {
            if let group = group.stringValue { headers.append(("Impersonate-Group", group)) }
        }
        for (key, values) in (user.value["as-user-extra"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
            for value in values.arrayValue ?? [] {
                if let value = value.stringValue { headers.append(("Impersonate-Extra-\(PercentEncoding.component(key))", value)) }
            }
        }
        return headers
    }
}
