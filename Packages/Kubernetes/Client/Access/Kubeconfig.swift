import JSON
import YAML

/// One or several kubeconfig files, merged.
struct Kubeconfig: Sendable {
    /// A named entry and the file that it came from.
    struct Entry: Sendable {
        var file: String
        /// `clusters`, `users` or `contexts`.
        var list: String
        var name: String
        var value: JSONValue
    }

    private(set) var files: [String] = []
    private(set) var clusters: [String: Entry] = [:]
    private(set) var users: [String: Entry] = [:]
    private(set) var contexts: [String: Entry] = [:]
    private(set) var currentContext: String?

    /// Adds a file. What an earlier file says of a name stands as a whole, as kubectl has it: the first file wins.
    mutating func merge(_ text: String, file: String) throws(KubeconfigError) {
        let tree: JSONValue
        do {
            tree = try YAML.parse(text)
        } catch {
            throw KubeconfigError(.syntax, file: file, "is not YAML: \(error)", remedy: "correct the file")
        }
        files.append(file)
        if tree.isNull { return }
        guard tree.objectValue != nil else {
            throw KubeconfigError(.syntax, file: file, "is a \(tree.typeName) instead of a kubeconfig", remedy: "correct the file")
        }
        try merge(tree, "clusters", "cluster", file, into: &clusters)
        try merge(tree, "users", "user", file, into: &users)
        try merge(tree, "contexts", "context", file, into: &contexts)
        if currentContext == nil, let current = tree["current-context"]?.stringValue, !current.isEmpty { currentContext = current }
    }

    private func merge(
        _ tree: JSONValue, _ list: String, _ member: String, _ file: String, into entries: inout [String: Entry]
    ) throws(KubeconfigError) {
        guard let value = tree[list], !value.isNull else { return }
        guard let elements = value.arrayValue else {
            throw KubeconfigError(
                .syntax, file: file, field: list, "is a \(value.typeName) instead of a list", remedy: "correct the file")
        }
        for (index, element) in elements.enumerated() {
            guard let name = element["name"]?.stringValue else {
                throw KubeconfigError(.syntax, file: file, field: "\(list)[\(index)]", "has no name", remedy: "correct the file")
            }
            if entries[name] != nil { continue }
            entries[name] = Entry(file: file, list: list, name: name, value: element[member] ?? .object([:]))
        }
    }

    /// The context to use with its cluster and user.
    func select(_ name: String?) throws(KubeconfigError) -> (context: Entry, cluster: Entry, user: Entry?) {
        let known = contexts.isEmpty ? "it has none" : "it has " + contexts.keys.sorted().joined(separator: ", ")
        let file = files.joined(separator: ":")
        guard let name = name ?? currentContext else {
            throw KubeconfigError(
                .missing, file: file, field: "current-context", "is not set; of contexts \(known)",
                remedy: "name one with --context or run kubectl config use-context")
        }
        guard let context = contexts[name] else {
            throw KubeconfigError(
                .missing, file: file, context: name, "does not exist; of contexts \(known)", remedy: "name another with --context")
        }
        guard let clusterName = try context.string("cluster", context: name), let cluster = clusters[clusterName] else {
            throw KubeconfigError(
                .missing, file: context.file, context: name, field: context.path("cluster"), "names no cluster of the file",
                remedy: "add the cluster or correct the name")
        }
        guard let userName = try context.string("user", context: name), !userName.isEmpty else { return (context, cluster, nil) }
        guard let user = users[userName] else {
            throw KubeconfigError(
                .missing, file: context.file, context: name, field: context.path("user"), "names no user of the file",
                remedy: "add the user or correct the name")
        }
        return (context, cluster, user)
    }
}

extension Kubeconfig.Entry {
    /// `users[admin].token`
    func path(_ field: String) -> String { "\(list)[\(name)].\(field)" }

    func invalid(_ field: String, _ message: String, context: String, remedy: String = "correct the field") -> KubeconfigError {
        KubeconfigError(.invalid, file: file, context: context, field: path(field), message, remedy: remedy)
    }

    /// The value of a field; nil when it is absent, null or empty.
    func string(_ field: String, context: String) throws(KubeconfigError) -> String? {
        guard let value = value[field], !value.isNull else { return nil }
        // YAML reads a token of digits as a number.
        if let number = value.intValue { return String(number) }
        guard let text = value.stringValue else { throw invalid(field, "is a \(value.typeName) instead of text", context: context) }
        return text.isEmpty ? nil : text
    }

    func bool(_ field: String, context: String) throws(KubeconfigError) -> Bool {
        guard let value = value[field], !value.isNull else { return false }
        guard let flag = value.boolValue else {
            throw invalid(field, "is a \(value.typeName) instead of true or false", context: context)
        }
        return flag
    }

    /// `<field>-data` inline, else the file that `<field>` names.
    func source(_ field: String, context: String) throws(KubeconfigError) -> CredentialFiles.Source? {
        if let text = try string(field + "-data", context: context) {
            guard let bytes = Base64.decode(text) else {
                throw invalid(field + "-data", "is not base64", context: context, remedy: "encode the PEM text with base64 -w0")
            }
            return .data(bytes)
        }
        return try string(field, context: context).map { .file(resolve($0)) }
    }

    /// Paths are relative to the file that they stand in.
    func resolve(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }
}
