import KubernetesClient
public import KubernetesModel

/// Why an object could not be brought to what we want.
public enum ApplyFailure: Error, Sendable, CustomStringConvertible {
    /// Something of that name belongs to somebody else; it was left alone.
    case foreign(ResourceType, ObjectKey, owner: String?)
    /// The change touches a field that cannot be changed in place.
    case immutable(ResourceType, ObjectKey, message: String)
    /// The API server refuses the object as it is.
    case rejected(ResourceType, ObjectKey, message: String)
    /// We may not do this.
    case forbidden(ResourceType, ObjectKey, message: String)

    public var description: String {
        switch self {
        case .foreign(let resource, let key, let owner):
            let belongs = owner.map { "belongs to \($0)" } ?? "was made by somebody else"
            return "\(resource.kind) \(key) exists and \(belongs); delete or rename it, or rename this object"
        case .immutable(let resource, let key, let message): return "\(resource.kind) \(key) cannot be changed in place: \(message)"
        case .rejected(let resource, let key, let message): return "\(resource.kind) \(key) was refused: \(message)"
        case .forbidden(let resource, let key, let message):
            return "\(resource.kind) \(key): \(message); grant it to the operator's ServiceAccount"
        }
    }
}

extension ApplyFailure {
    /// Of the API's answer to an apply; the error itself where trying again may help.
    static func of(_ error: APIError, _ desired: DesiredObject) -> any Error { of(error, desired.resource, desired.key) }

    static func of(_ error: APIError, _ resource: ResourceType, _ key: ObjectKey) -> any Error {
        switch error.code {
        case .invalid:
            return isImmutable(error)
                ? immutable(resource, key, message: error.message) : rejected(resource, key, message: error.message)
        case .badRequest: return rejected(resource, key, message: error.message)
        case .forbidden: return forbidden(resource, key, message: error.message)
        default: return error
        }
    }

    /// Validation says so in words, and a StatefulSet by forbidding the field.
    private static func isImmutable(_ error: APIError) -> Bool {
        error.message.contains("immutable")
            || (error.status?.details?.causes ?? []).contains {
                ($0.message ?? "").contains("immutable") || $0.reason == "FieldValueForbidden"
            }
    }
}
