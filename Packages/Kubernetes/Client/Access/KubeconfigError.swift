/// What is wrong with a kubeconfig, where, and what to do about it. Never holds a secret.
public struct KubeconfigError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// There is no configuration anywhere.
        case notFound
        case unreadable
        /// No YAML, or no kubeconfig.
        case syntax
        /// A context, cluster or user that is referred to does not exist.
        case missing
        /// A field has a value that cannot be used.
        case invalid
    }

    public var code: Code
    public var file: String?
    public var context: String?
    /// Within the file: `users[admin].client-key-data`.
    public var field: String?
    public var message: String
    /// What a person can do.
    public var remedy: String

    public init(
        _ code: Code, file: String? = nil, context: String? = nil, field: String? = nil, _ message: String, remedy: String
    ) {
        self.code = code
        self.file = file
        self.context = context
        self.field = field
        self.message = message
        self.remedy = remedy
    }

    public var description: String {
        var parts: [String] = []
        if let file { parts.append("kubeconfig \(file)") }
        if let context { parts.append("context \"\(context)\"") }
        if let field { parts.append(field) }
        return (parts + [message]).joined(separator: ": ") + " (\(remedy))"
    }
}
