import JSON
import KubernetesModel
import ServiceKit
import SpiceTypes
import SpiceValidation
import Testing

@testable import ClusterController

/// What is wrong is told by the fields of the version that the cluster was written in.
@Suite struct VersionFieldTests {
    @Test(arguments: [("spice.ai/v2", "Spec"), ("spice.ai/v1alpha1", "SetSpec")])
    func mistakeOfAnExecutor(_ apiVersion: String, _ suffix: String) {
        let spicepod: JSONValue = ["version": "v1", "kind": "Spicepod", "name": "c"]
        var request = AdmissionRequest()
        request.operation = .create
        request.kind = ResourceType.spicepodClusters.kind
        request.object = [
            "apiVersion": .string(apiVersion), "kind": "SpicepodCluster", "metadata": ["name": "c", "namespace": "default"],
            "spec": .object(["scheduler\(suffix)": ["spicepod": spicepod], "executor\(suffix)": ["spicepod": spicepod]]),
        ]
        let response = ClusterWebhooks(policy: .err, clusterDomain: "cluster.local").review(request)
        #expect(!response.isAllowed)
        #expect(response.status?.message?.hasPrefix("spec.executor\(suffix).spicepod: ") == true, "\(response)")
    }
}
