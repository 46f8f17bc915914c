import JSON
import Testing

@testable import KubernetesClient

@Suite struct KubeconfigTests {
    static func config(_ server: String = "https://one:6443", cluster: String = "", user: String = "token: t", context: String = "")
        -> String
    {
        """
        apiVersion: v1
        kind: Config
        current-context: dev
        clusters: [{name: c, cluster: {server: "\(server)"\(cluster.isEmpty ? "" : ", " + cluster)}}]
        users: [{name: u, user: {\(user)}}]
        contexts: [{name: dev, context: {cluster: c, user: u\(context.isEmpty ? "" : ", " + context)}}]
        """
    }

    static func connection(_ text: String, context: String? = nil, file: String = "/etc/k/config") throws -> ClusterConnection {
        var config = Kubeconfig()
        try config.merge(text, file: file)
        return try config.connection(context: context, time: .system)
    }

    private func authorization(_ connection: ClusterConnection) async throws -> String? {
        try await connection.credentials.credential().authorization
    }

    /// What stands in the file ends in the connection.
    @Test func fields() async throws {
        let ca = Base64.encode(Array(Certificates.authority.utf8))
        let connection = try Self.connection(
            Self.config(
                "https://[::1]:6443/prefix/",
                cluster:
                    "certificate-authority-data: \(ca), tls-server-name: api.test, proxy-url: 'socks5://p:1', disable-compression: true",
                user: "token: abc, as: bob, as-groups: [g1, g2], as-uid: '7', as-user-extra: {'Scope/X': [a]}",
                context: "namespace: team"))
        #expect(connection.namespace == "team")
        #expect(connection.configuration.server == ServerAddress(host: "::1", port: 6443, prefix: "/prefix"))
        #expect(connection.configuration.authorities == Array(Certificates.authority.utf8))
        #expect(connection.configuration.serverName == "api.test")
        #expect(connection.configuration.proxy == "socks5h://p:1")
        #expect(!connection.configuration.compression)
        #expect(
            connection.configuration.headers.map { "\($0.name)=\($0.value)" } == [
                "Impersonate-User=bob", "Impersonate-Uid=7", "Impersonate-Group=g1", "Impersonate-Group=g2",
                "Impersonate-Extra-Scope%2FX=a",
            ])
        #expect(try await authorization(connection) == "Bearer abc")
        #expect(connection.origin == "context dev of /etc/k/config")
    }

    @Test func userAndPassword() async throws {
        let connection = try Self.connection(Self.config(user: "username: admin, password: 'p:w'"))
        #expect(try await authorization(connection) == "Basic YWRtaW46cDp3")
        #expect(connection.namespace == "default")
    }

    /// Paths are relative to the file that they stand in, not to where the program was started.
    @Test func relativePaths() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("pki/ca.crt", Certificates.authority)
        try directory.write("pki/client.crt", Certificates.client)
        try directory.write("pki/client.key", Certificates.clientKey)
        try directory.write("secret/token", "from-file\n")
        let text = Self.config(
            cluster: "certificate-authority: pki/ca.crt",
            user: "tokenFile: secret/token, token: inline, client-certificate: pki/client.crt, client-key: ./pki/client.key")
        let connection = try Self.connection(text, file: directory.path + "/config")
        let credential = try await connection.credentials.credential()
        #expect(credential.authorization == "Bearer from-file")
        #expect(credential.identity?.key == Array(Certificates.clientKey.utf8))
        #expect(connection.configuration.authorities == Array(Certificates.authority.utf8))
    }

    /// Of several files the first one that says something of a name is right, for the whole of that name.
    @Test func merge() throws {
        var config = Kubeconfig()
        try config.merge("users: [{name: u, user: {token: first}}]\ncontexts: []\n", file: "/a")
        try config.merge("", file: "/b")
        try config.merge(Self.config("https://c:1", user: "token: second, as: bob"), file: "/c")
        try config.merge(Self.config("https://d:1").replacing("current-context: dev", with: "current-context: other"), file: "/d")
        let connection = try config.connection(context: nil, time: .system)
        #expect(connection.configuration.server.host == "c")
        #expect(connection.configuration.headers.isEmpty)
        #expect(config.users["u"]?.value == ["token": "first"])
        #expect(config.currentContext == "dev")
    }

    /// Everything that can be wrong is named by file, context and field, with a remedy and without a secret.
    @Test(
        arguments: [
            (config("ftp://x"), KubeconfigError.Code.invalid, "clusters[c].server"),
            (config("https://user:pw@host"), .invalid, "clusters[c].server"),
            (config("https://host:99999"), .invalid, "clusters[c].server"),
            (config(""), .invalid, "clusters[c].server"),
            (config(cluster: "certificate-authority-data: '%%%'"), .invalid, "clusters[c].certificate-authority-data"),
            (config(cluster: "certificate-authority-data: aGVsbG8="), .invalid, "clusters[c].certificate-authority-data"),
            (config(cluster: "certificate-authority: missing.crt"), .invalid, "clusters[c].certificate-authority"),
            (config(cluster: "insecure-skip-tls-verify: 'yes'"), .invalid, "clusters[c].insecure-skip-tls-verify"),
            (config(cluster: "proxy-url: 'ftp://x'"), .invalid, "clusters[c].proxy-url"),
            (config(user: "tokenFile: missing"), .invalid, "users[u].tokenFile"),
            (config(user: "token: [sekret]"), .invalid, "users[u].token"),
            (config(user: "client-certificate-data: aGVsbG8="), .invalid, "users[u].client-key"),
            (config(user: "client-key-data: '*', client-certificate-data: '*'"), .invalid, "users[u].client-certificate-data"),
            (config(user: "auth-provider: {name: gcp}"), .invalid, "users[u].auth-provider"),
            (config(user: "exec: {apiVersion: client.authentication.k8s.io/v1}"), .invalid, "users[u].exec.command"),
            (
                config(user: "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}"), .invalid,
                "users[u].exec.apiVersion"
            ),
            (
                config(user: "exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}"), .invalid,
                "users[u].exec.interactiveMode"
            ),
            (config().replacing("cluster: c,", with: "cluster: nope,"), .missing, "contexts[dev].cluster"),
            (config().replacing("user: u", with: "user: nope"), .missing, "contexts[dev].user"),
            (config().replacing("current-context: dev", with: "current-context: ''"), .missing, "current-context"),
            (config().replacing("current-context: dev", with: "current-context: nope"), .missing, nil),
            ("clusters: {a: b}", .syntax, "clusters"), ("users: [{user: {}}]", .syntax, "users[0]"), ("- a", .syntax, nil),
            ("a: [", .syntax, nil),
        ] as [(String, KubeconfigError.Code, String?)])
    func errors(_ text: String, _ code: KubeconfigError.Code, _ field: String?) throws {
        do {
            _ = try Self.connection(text)
            #expect(Bool(false), "must fail")
        } catch let error as KubeconfigError {
            #expect(error.code == code)
            #expect(error.field == field)
            #expect(error.file == "/etc/k/config")
            #expect(!error.remedy.isEmpty)
            #expect(!error.description.contains("sekret"))
        }
    }

    /// Who has no current context is told which there are.
    @Test func namesContexts() throws {
        #expect { try Self.connection(Self.config(), context: "prod") } throws: { error in
            "\(error)"
                == "kubeconfig /etc/k/config: context \"prod\": does not exist; of contexts it has dev (name another with --context)"
        }
    }

    @Test(arguments: [[UInt8](), [0], [1, 2], [255, 254, 253], [0, 0, 0, 0]]) func base64(_ bytes: [UInt8]) {
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.decode(Base64.encode(bytes).replacing("=", with: "")) == bytes)
    }
}
