import JSON

extension Kubeconfig {
    func plugin(_ user: Entry, _ cluster: Entry, _ context: String) throws(KubeconfigError) -> ExecPlugin? {
        guard let value = user.value["exec"], !value.isNull else { return nil }
        let exec = Entry(file: user.file, list: user.list, name: user.name, value: value)
        func invalid(_ field: String, _ message: String, _ remedy: String) -> KubeconfigError {
            exec.invalid("exec.\(field)", message, context: context, remedy: remedy)
        }
        guard let command = value["command"]?.stringValue, !command.isEmpty else {
            throw invalid("command", "is missing", "name the program")
        }
        guard let apiVersion = value["apiVersion"]?.stringValue, ExecPlugin.apiVersions.contains(apiVersion) else {
            throw invalid(
                "apiVersion", "is none of \(ExecPlugin.apiVersions.joined(separator: ", "))", "update the plugin and the kubeconfig"
            )
        }
        guard value["interactiveMode"]?.stringValue != "Always" else {
            throw invalid("interactiveMode", "is Always, but a service has no terminal", "use a plugin that needs none")
        }
        var environment: [(name: String, value: String)] = []
        for variable in value["env"]?.arrayValue ?? [] {
            guard let name = variable["name"]?.stringValue, let value = variable["value"]?.stringValue else {
                throw invalid("env", "holds an entry without name or value", "give both as text")
            }
            environment.append((name, value))
        }
        var arguments: [String] = []
        for argument in value["args"]?.arrayValue ?? [] {
            guard let text = argument.stringValue ?? argument.intValue.map(String.init) else {
                throw invalid("args", "holds a \(argument.typeName)", "give all arguments as text")
            }
            arguments.append(text)
        }
        return ExecPlugin(
            // A bare name is looked for in PATH, a path is relative to the file.
            command: command.contains("/") ? user.resolve(command) : command,
            arguments: arguments, environment: environment, apiVersion: apiVersion,
            installHint: value["installHint"]?.stringValue,
            cluster: value["provideClusterInfo"]?.boolValue == true ? try clusterInfo(cluster, context) : nil,
            owner: "user \"\(user.name)\" in \(user.file)")
    }

    /// What `provideClusterInfo` promises (`client.authentication.k8s.io` `Cluster`).
    private func clusterInfo(_ cluster: Entry, _ context: String) throws(KubeconfigError) -> JSONValue {
        var info: JSONValue = [:]
        for field in ["server", "tls-server-name", "insecure-skip-tls-verify", "proxy-url", "disable-compression"] {
            if let value = cluster.value[field], !value.isNull { info[field] = value }
        }
        switch try cluster.source("certificate-authority", context: context) {
        case .data(let bytes): info["certificate-authority-data"] = .string(Base64.encode(bytes))
        case .file(let path):
            guard let bytes = try? File.read(path) else {
                throw cluster.invalid("certificate-authority", "\(path) cannot be read", context: context, remedy: "check the file")
            }
            info["certificate-authority-data"] = .string(Base64.encode(bytes))
        case nil: break
        }
        let extensions = cluster.value["extensions"]?.arrayValue ?? []
        info["config"] = extensions.first { $0["name"] == "client.authentication.k8s.io/exec" }?["extension"]
        return info
    }
}
