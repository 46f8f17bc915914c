import JSON
public import ServiceKit
import SpiceConversion
public import SpiceValidation

/// The webhooks of set-controller: `/validate` and `/convert`.
public struct SetWebhooks: Sendable {
    public var admission: SetAdmission
    public var convert: SetAdmission.Convert

    /// - Parameters:
    ///   - policy: `--admission-policy`.
    ///   - storageClasses: names of the cluster's classes; nil while they are not known.
    public init(policy: ValidationLevel, storageClasses: @escaping @Sendable () -> Set<String>?) {
        convert = { try SpiceConversion.convert($0, to: $1) }
        admission = SetAdmission(
            policy: policy, validate: { SpicepodSetValidator.findings($0, ValidationContext(old: $1, storageClasses: storageClasses())) },
            convert: convert)
    }

    public func addRoutes(to routes: inout HTTPRouter, metrics: WebhookMetrics? = nil) {
        routes.addAdmission(path: "/validate", metrics: metrics) { [admission] in admission.review($0) }
        routes.addConversion(path: "/convert", metrics: metrics, convert)
    }
}
