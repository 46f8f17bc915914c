public import JSON
public import KubernetesModel
public import ServiceKit
public import SpiceValidation

/// The validating webhook of a kind: reads, converts where it must, asks the rules, answers. Keeps nothing and calls nobody.
public struct ObjectAdmission<Object: Decodable & Sendable>: Sendable {
    /// What is wrong with an object that takes the place of an old one.
    public typealias Validate = @Sendable (_ object: Object, _ old: Object?) -> [Finding]
    /// The object in another version of its kind.
    public typealias Convert = @Sendable (_ object: JSONValue, _ version: String) throws -> JSONValue

    private let resource: ResourceType
    private let policy: ValidationLevel
    private let validate: Validate
    private let convert: Convert

    /// - Parameters:
    ///   - resource: the kind, in the version that the rules read.
    ///   - policy: for objects that name no level of their own.
    public init(
        _ resource: ResourceType, policy: ValidationLevel, validate: @escaping Validate, convert: @escaping Convert
    ) {
        self.resource = resource
        self.policy = policy
        self.validate = validate
        self.convert = convert
    }

    public func review(_ request: AdmissionRequest) -> AdmissionResponse {
        guard request.operation == .create || request.operation == .update, request.subresource.isEmpty,
            request.kind == resource.kind, let object = request.object,
            // What is on its way out must be able to lose its finalizers.
            object[path: "metadata", "deletionTimestamp"]?.stringValue == nil
        else { return .allow() }
        // before anything else is read, so that it counts for objects that cannot be read as a whole too
        let level = ValidationLevel.level(of: object, policy: policy)
        guard level != .off else { return .allow() }
        do {
            let new = try read(object)
            // The old one is stored already: where it cannot be read, nothing is compared.
            let old = request.oldObject.flatMap { try? read($0) }
            let findings = LegacyFindings.of(object) + LegacyFindings.inFields(of: object, validate(new, old))
            return Verdict.response(findings, at: level)
        } catch {
            return Verdict.response([error.finding], at: level)
        }
    }

    private func read(_ object: JSONValue) throws(Unreadable) -> Object {
        var object = object
        let version = resource.apiVersion
        if object["apiVersion"]?.stringValue != version {
            do {
                object = try convert(object, version)
            } catch {
                throw Unreadable(finding: Finding(rule: "conversion", severity: .error, path: "apiVersion", message: "\(error)"))
            }
        }
        do {
            return try JSONTreeDecoder().decode(Object.self, from: object)
        } catch {
            throw Unreadable(
                finding: Finding(
                    rule: "schema", severity: .error, path: error.path.isEmpty ? "spec" : error.path, message: error.message))
        }
    }
}

private struct Unreadable: Error {
    var finding: Finding
}
