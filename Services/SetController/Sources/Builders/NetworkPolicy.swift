import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// Opt-in and verbatim: nothing is added to the user's rules.
enum NetworkPolicyBuilder {
    static func build(_ child: ChildMetadata) throws(JSONError) -> DesiredObject? {
        guard let network = child.set.spec.network, network.ingress != nil || network.egress != nil else { return nil }
        let spec = NetworkPolicySpec {
            $0.podSelector = LabelSelector(matchLabels: child.selector)
            $0.policyTypes = (network.ingress == nil ? [] : ["Ingress"]) + (network.egress == nil ? [] : ["Egress"])
            $0.ingress = network.ingress
            $0.egress = network.egress
        }
        return try child.object(
            .networkPolicies, child.metadata(child.names.plain, .network), ["spec": try JSONTreeEncoder().encode(spec)])
    }
}
