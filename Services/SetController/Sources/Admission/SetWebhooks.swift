import KubernetesModel
public import ServiceKit
public import SpiceAdmission
public import SpiceTypes
public import SpiceValidation

public typealias SetAdmission = ObjectAdmission<SpicepodSet>

/// The webhooks of set-controller: `/validate` and `/convert`.
public struct SetWebhooks: Sendable {
    public var admission: SetAdmission
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
        admission = SetAdmission(
            .spicepodSets, policy: policy,
            validate: { SpicepodSetValidator.findings($0, ValidationContext(old: $1, storageClasses: storageClasses())) },
            convert: Conversion.convert)
    }

    public func review(_ request: AdmissionRequest) async -> AdmissionResponse {
        var response = admission.review(request)
        if response.isAllowed, let warning = await serviceAccounts?.warning(request, policy: policy) {
            response.warnings.append(warning)
        }
        return response
    }

    public func addRoutes(to routes: inout HTTPRouter, metrics: WebhookMetrics? = nil) {
        routes.addWebhooks(metrics: metrics) { await review($0) }
    }
}
