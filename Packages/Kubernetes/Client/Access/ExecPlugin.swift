import Glibc
import JSON
import KubernetesModel

/// A program that gives credentials (`client.authentication.k8s.io`).
struct ExecPlugin: Sendable {
    var command: String
    var arguments: [String]
    /// Added to the environment of this process.
    var environment: [(name: String, value: String)]
    /// `client.authentication.k8s.io/v1` or `…/v1beta1`.
    var apiVersion: String
    var installHint: String?
    /// What the plugin is told of the cluster, when it wants to know.
    var cluster: JSONValue?
    /// Whose plugin it is, for messages: `user "x" in /path`.
    var owner: String
    var timeout: Duration = .seconds(60)

    static let apiVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]

    struct Answer: Sendable {
        var token: String?
        var identity: ClientIdentity?
        var expiration: Timestamp?
    }

    /// Runs the program. Its standard output, which holds the secret, is in no error.
    func run() async throws -> Answer {
        let output: ChildProcess.Output
        do {
            output = try await ChildProcess.run(
                command, arguments, environment: variables(ChildProcess.environment()), timeout: timeout)
        } catch ChildProcess.Failure.timedOut {
            throw error("did not end within \(timeout)")
        } catch ChildProcess.Failure.cannotStart(let number) {
            let hint = installHint.map { "; \($0)" } ?? ""
            throw error("cannot be started: \(String(cString: strerror(number)))\(hint)")
        }
        guard output.status == 0 else {
            let said = String(decoding: output.errors.prefix(1000), as: UTF8.self)
            throw error("ended with status \(output.status): \(said.isEmpty ? "it said nothing" : said)")
        }
        guard let tree = try? JSONValue(parsing: output.output) else { throw error("printed no JSON") }
        return try answer(tree)
    }

    func variables(_ inherited: [String]) -> [String] {
        var spec: JSONValue = ["interactive": false]
        if let cluster { spec["cluster"] = cluster }
        let info: JSONValue = ["apiVersion": .string(apiVersion), "kind": "ExecCredential", "spec": spec]
        let added = environment + [("KUBERNETES_EXEC_INFO", info.text)]
        let names = Set(added.map(\.name))
        let kept = inherited.filter { variable in !names.contains(String(variable.prefix { $0 != "=" })) }
        return kept + added.map { "\($0.name)=\($0.value)" }
    }

    func answer(_ tree: JSONValue) throws -> Answer {
        guard tree["kind"] == "ExecCredential" else { throw error("printed no ExecCredential") }
        guard tree["apiVersion"]?.stringValue == apiVersion else {
            throw error("answered in \(tree["apiVersion"]?.stringValue ?? "no apiVersion") instead of \(apiVersion)")
        }
        guard let status = tree["status"] else { throw error("printed an ExecCredential without status") }
        var answer = Answer()
        if let token = status["token"]?.stringValue, !token.isEmpty { answer.token = token }
        switch (status["clientCertificateData"]?.stringValue, status["clientKeyData"]?.stringValue) {
        case (let certificate?, let key?):
            answer.identity = ClientIdentity(certificate: Array(certificate.utf8), key: Array(key.utf8))
        case (nil, nil): break
        default: throw error("gave a certificate without key or a key without certificate")
        }
        guard answer.token != nil || answer.identity != nil else { throw error("gave neither token nor client certificate") }
        if let text = status["expirationTimestamp"]?.stringValue {
            guard let time = Timestamp(text) else { throw error("gave an expirationTimestamp that is no RFC 3339 time") }
            answer.expiration = time
        }
        return answer
    }

    private func error(_ what: String) -> CredentialError {
        CredentialError("exec plugin \"\(command)\" of \(owner) \(what)")
    }
}

extension ExecPlugin {
    /// Runs the plugin when its credential has expired or was rejected; `base` gives what the plugin does not.
    func source(base: any CredentialSource, time: TimeSource, wallClock: @escaping @Sendable () -> Timestamp)
        -> any CredentialSource
    {
        RefreshingCredential(time: time) { _ in
            let answer = try await run()
            var credential = try await base.credential()
            if let token = answer.token { credential.authorization = "Bearer \(token)" }
            if let identity = answer.identity { credential.identity = identity }
            let lifetime = answer.expiration.map { $0 - wallClock() }
            // A little early, so that it does not expire on its way.
            let due = lifetime.map { time.now() + $0 - min(.seconds(10), $0 / 10) }
            return RefreshingCredential.Loaded(credential: credential, due: due)
        }
    }
}

extension Timestamp {
    /// The system's wall clock.
    static func wallClock() -> Timestamp {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Timestamp(unixSeconds: Int64(now.tv_sec), nanoseconds: Int32(now.tv_nsec))
    }
}
