import JSON
public import ServiceKit
import SpiceConversion
public import SpiceValidation

/// The webhooks of set-controller: `/validate` and `/convert`.
public struct SetWebhooks: Sendable {
    public var admission: SetAdmission
    public var convert: SetAdmission.Convert
    private let policy: ValidationLevel
    private let serviceAccounts: ServiceAccountLookup?

    /// - Parameters:
    ///   - policy: `--admission-policy`.
    ///   - storageClasses: names of the cluster's classes; nil while they are not known.
    ///   - serviceAccounts: nil where the cluster cannot be asked.
    public init(
        policy: ValidationLevel, storageClasses: @escaping @Sendable () -> Set<String>?,
        serviceAccounts: ServiceAccountLookup? = nil
    ) {
        self.policy = policy
        self.serviceAccounts = serviceAccounts
        convert = { object, version in
            do throws(ConversionError) {
                return try SpiceConversion.convert(object, to: version)
            } catch {
                throw NotConverted(description: "\(error.field): \(error.message)")
            }
        }
        admission = SetAdmission(
            policy: policy,
            validate: { SpicepodSetValidator.findings($0, ValidationContext(old: $1, storageClasses: storageClasses())) },
            convert: convert)
    }

    public func addRoutes(to routes: inout HTTPRouter, metrics: WebhookMetrics? = nil) {
        routes.addAdmission(path: "/validate", metrics: metrics) { [self] request in
            var response = admission.review(request)
            if response.isAllowed, let warning = await serviceAccounts?.warning(request, policy: policy) {
                response.warnings.append(warning)
            }
            return response
        }
        routes.addConversion(path: "/convert", metrics: metrics, convert)
    }
}

/// Without the object's name, which the review says itself.
private struct NotConverted: Error, CustomStringConvertible {
    var description: String
}
