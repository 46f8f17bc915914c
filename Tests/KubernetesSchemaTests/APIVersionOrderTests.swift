import KubernetesSchema
import Testing

/// Versions are ordered as in the example of Kubernetes' documentation.
@Suite struct APIVersionOrderTests {
    static let documented = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10"]

    @Test func documentedOrder() {
        let sorted = Self.documented.reversed().sorted { APIVersionOrder.isPreferred($0, over: $1) }
        #expect(sorted == Self.documented)
    }

    @Test(arguments: ["v", "v1x", "v1beta", "v1betax", "vbeta1", "", "1", "v1beta1x"]) func othersComeLast(_ odd: String) {
        #expect(APIVersionOrder.isPreferred("v1alpha1", over: odd))
        #expect(!APIVersionOrder.isPreferred(odd, over: "v1alpha1"))
    }
}
