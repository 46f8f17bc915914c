import Glibc
import JSON
import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct ExecPluginTests {
    private let directory: TemporaryDirectory

    /// The shell under a relative path. A script that was just written cannot be started itself while another thread starts a
    /// process, which holds the file open for a moment ("text file busy").
    init() throws {
        directory = try TemporaryDirectory()
        symlink("/bin/sh", directory.path + "/sh")
    }

    /// A connection whose plugin is this shell script.
    private func connection(
        _ script: String, extra: String = "", apiVersion: String = "client.authentication.k8s.io/v1",
        time: ManualTime = ManualTime()
    ) throws -> ClusterConnection {
        try directory.write("plugin.sh", script)
        var config = Kubeconfig()
        let exec =
            "exec: {apiVersion: \(apiVersion), command: ./sh, args: [\(directory.path)/plugin.sh, a, 'b c'], env: [{name: EXTRA, value: 'x y'}]\(extra)}"
        try config.merge(KubeconfigTests.config(user: exec), file: directory.path + "/config")
        return try config.connection(context: nil, time: time.source)
    }

    private func answer(_ status: String, apiVersion: String = "client.authentication.k8s.io/v1") -> String {
        #"{"apiVersion":"\#(apiVersion)","kind":"ExecCredential","status":{\#(status)}}"#
    }

    private func failure(_ script: String) async throws -> String {
        do {
            _ = try await connection(script).credentials.credential()
            return "no error"
        } catch let error as CredentialError {
            return error.message
        }
    }

    /// The plugin gets its arguments, its environment and what the API says of the call; its token is used.
    @Test(arguments: ExecPlugin.apiVersions) func token(_ apiVersion: String) async throws {
        let script = """
            test "$1" = a && test "$2" = "b c" && test "$EXTRA" = "x y" && test -n "$PATH" || exit 9
            printf '%s' "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/info"
            echo '\(answer(#""token":"sekret""#, apiVersion: apiVersion))'
            """
        let connection = try connection(script, extra: ", provideClusterInfo: true", apiVersion: apiVersion)
        #expect(try await connection.credentials.credential().authorization == "Bearer sekret")
        let info = try JSONValue(parsing: try File.read(directory.path + "/info"))
        #expect(info["apiVersion"]?.stringValue == apiVersion)
        #expect(info[path: "spec", "interactive"] == false)
        #expect(info[path: "spec", "cluster", "server"] == "https://one:6443")
    }

    /// A credential is kept until shortly before it expires; without a time, until it is rejected.
    @Test func expiration() async throws {
        let time = ManualTime()
        let script = """
            count="$(dirname "$0")/count"; echo run >> "$count"; n=$(wc -l < "$count")
            expires=$(date -u -d "+1 hour" +%Y-%m-%dT%H:%M:%SZ)
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t'$n'","expirationTimestamp":"'$expires'"}}'
            """
        let source = try connection(script, time: time).credentials
        #expect(try await source.credential().authorization == "Bearer t1")
        time.advance(by: .seconds(3500))
        #expect(try await source.credential().authorization == "Bearer t1")
        time.advance(by: .seconds(95))
        let second = try await source.credential()
        #expect(second.authorization == "Bearer t2")
        await source.reject(second)
        #expect(try await source.credential().authorization == "Bearer t3")
        await source.reject(second)
        #expect(try await source.credential().authorization == "Bearer t3")
    }

    /// Many requests at once run the plugin once.
    @Test func singleFlight() async throws {
        let source = try connection(#"echo run >> "$(dirname "$0")/count"; echo '\#(answer(#""token":"t""#))'"#).credentials
        try await withThrowingTaskGroup(of: Credential.self) { group in
            for _ in 0..<50 { group.addTask { try await source.credential() } }
            for try await credential in group { #expect(credential.authorization == "Bearer t") }
        }
        #expect(try File.read(directory.path + "/count").count { $0 == 10 } == 1)
    }

    /// A plugin may give a client certificate instead.
    @Test func certificate() async throws {
        let status: JSONValue = [
            "clientCertificateData": .string(Certificates.client), "clientKeyData": .string(Certificates.clientKey),
        ]
        try directory.write("answer", answer(String(status.text.dropFirst().dropLast())))
        let credential = try await connection(#"cat "$(dirname "$0")/answer""#).credentials.credential()
        #expect(
            credential.identity
                == ClientIdentity(certificate: Array(Certificates.client.utf8), key: Array(Certificates.clientKey.utf8)))
        #expect(credential.authorization == nil)
    }

    /// A plugin that fails is quoted with what it says to people, never with what it printed.
    @Test func failures() async throws {
        let failed = try await failure("echo sekret; echo please log in >&2; exit 3")
        #expect(failed.contains("ended with status 3: please log in"))
        #expect(failed.contains("user \"u\" in \(directory.path)/config"))
        #expect(!failed.contains("sekret"))
        #expect(try await failure("kill -9 $$").contains("status 137"))
        #expect(try await failure("echo sekret").hasSuffix("printed no JSON"))
        #expect(try await failure("echo '\(answer(""))'").hasSuffix("gave neither token nor client certificate"))
        #expect(try await failure("echo '\(answer(#""clientKeyData":"x""#))'").contains("without certificate"))
        #expect(try await failure("echo '\(answer(#""token":"t""#, apiVersion: "v0"))'").contains("answered in v0"))
    }

    @Test func notInstalled() async throws {
        var config = Kubeconfig()
        let exec = "exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-plugin-here, installHint: get it at x}"
        try config.merge(KubeconfigTests.config(user: exec), file: "/config")
        let source = try config.connection(context: nil, time: .system).credentials
        await #expect { try await source.credential() } throws: {
            "\($0)".hasSuffix("cannot be started: No such file or directory; get it at x")
        }
    }

    /// A plugin that hangs is killed with its children, by the time limit or because nobody waits any more.
    @Test func hanging() async throws {
        let sleeper = "sleep 1000 & echo started > \"$(dirname \"$0\")/started\"; wait"
        try directory.write("plugin.sh", sleeper)
        await #expect(throws: ChildProcess.Failure.timedOut) {
            try await ChildProcess.run(
                "/bin/sh", [directory.path + "/plugin.sh"], environment: ChildProcess.environment(), timeout: .milliseconds(200))
        }
        let source = try connection(sleeper).credentials
        let task = Task { try await source.credential() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// What a grandchild still holds open does not keep the answer back.
    @Test func grandchild() async throws {
        let source = try connection("sleep 20 &\necho '\(answer(#""token":"t""#))'").credentials
        #expect(try await source.credential().authorization == "Bearer t")
    }
}
