import KubernetesModel
public import ServiceKit
import SpiceAdmission
import SpiceTypes
public import SpiceValidation

/// The webhooks of cluster-controller: `/validate` and `/convert`.
public struct ClusterWebhooks: Sendable {
    private let admission: ObjectAdmission<SpicepodCluster>

    /// - Parameters:
    ///   - policy: `--admission-policy`.
    ///   - clusterDomain: `--cluster-domain`.
    public init(policy: ValidationLevel, clusterDomain: String) {
        admission = ObjectAdmission(
            .spicepodClusters, policy: policy, validate: Settings.rules(clusterDomain: clusterDomain),
            convert: Conversion.convert)
    }

    public func review(_ request: AdmissionRequest) -> AdmissionResponse { admission.review(request) }

    public func addRoutes(to routes: inout HTTPRouter, metrics: WebhookMetrics? = nil) {
        routes.addWebhooks(metrics: metrics) { review($0) }
    }
}
