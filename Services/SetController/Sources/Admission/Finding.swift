public import KubernetesModel
import SpiceTypes

/// Something that is wrong with a set, or may be.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    public enum Severity: String, Sendable {
        case warning, error
    }

    public var rule: String
    public var severity: Severity
    public var path: String
    public var message: String

    public init(rule: String, severity: Severity, path: String, message: String) {
        self.rule = rule
        self.severity = severity
        self.path = path
        self.message = message
    }

    public var description: String { "\(path): \(message)" }
}

/// How strict admission is.
public enum ValidationLevel: String, Sendable, CaseIterable {
    /// Errors refuse the object.
    case err
    /// Errors are told as warnings.
    case warn
    /// Nothing is said.
    case off

    /// What the object's annotation says, else the operator's policy.
    public static func level(of metadata: ObjectMeta, policy: ValidationLevel) -> ValidationLevel {
        metadata.annotations?[AnnotationKey.validationLevel].flatMap(ValidationLevel.init(rawValue:)) ?? policy
    }
}
