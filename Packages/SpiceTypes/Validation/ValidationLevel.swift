public import JSON
public import KubernetesModel
import SpiceTypes

/// How strict admission is (SpicepodSet page, Admission Validation).
public enum ValidationLevel: String, Sendable, CaseIterable {
    /// Errors refuse the object.
    case err
    /// Errors are told as warnings.
    case warn
    /// Nothing is said.
    case off

    /// What the object's annotation `spice.ai/validation-level` says, else the operator's policy. The rule `validation-level`
    /// tells a word that is none.
    public static func level(of metadata: ObjectMeta, policy: ValidationLevel) -> ValidationLevel {
        level(metadata.annotations?[AnnotationKey.validationLevel], policy)
    }

    /// The same of an object that may not be readable as a whole.
    public static func level(of object: JSONValue, policy: ValidationLevel) -> ValidationLevel {
        level(object[path: "metadata", "annotations", AnnotationKey.validationLevel]?.stringValue, policy)
    }

    private static func level(_ word: String?, _ policy: ValidationLevel) -> ValidationLevel {
        word.flatMap(ValidationLevel.init(rawValue:)) ?? policy
    }
}
