import KubernetesModel

extension SpicepodSetSpec {
    /// This spec with the pods of `other`: its `Version` is the other's, and all that makes no pod (replicas, strategy, network
    /// policy, size of volumes, …) is as here. For nodes whose turn in an upgrade has not come (upgrades page, zero downtime).
    public func keepingDeployment(of other: SpicepodSetSpec) -> SpicepodSetSpec {
        var kept = self
        kept.spicepod = other.spicepod
        kept.image = other.image
        kept.http = other.http
        kept.flight = other.flight
        kept.metrics = other.metrics
        kept.resources = other.resources
        kept.env = other.env
        kept.envFromSource = other.envFromSource
        kept.volumeClaimTemplates = claimTemplates(keeping: other.volumeClaimTemplates)
        kept.volumeMounts = other.volumeMounts
        if accountOfPods != other.accountOfPods { kept.serviceAccount = other.serviceAccount }
        kept.network = network(keeping: other.network)
        kept.annotations = other.annotations
        kept.labels = other.labels
        kept.probes = other.probes
        kept.nodeAffinity = other.nodeAffinity
        kept.tolerations = other.tolerations
        kept.terminationGracePeriodSeconds = other.terminationGracePeriodSeconds
        kept.cluster = other.cluster
        return kept
    }

    /// Volumes grow in place; everything else of a template makes a version.
    private func claimTemplates(keeping others: [VolumeClaimTemplate]?) -> [VolumeClaimTemplate]? {
        others?.map { other in
            guard let own = volumeClaimTemplates?.first(where: { $0.name == other.name }),
                let size = own.spec.resources?.requests?["storage"]
            else { return other }
            var kept = other
            kept.spec.resources?.requests?["storage"] = size
            return kept
        }
    }

    /// nil is the namespace's default account, an empty name the set's own.
    private var accountOfPods: String? {
        serviceAccount.flatMap { $0.enabled == true ? $0.name ?? "" : nil }
    }

    private func network(keeping other: NetworkSpec?) -> NetworkSpec? {
        let kept = NetworkSpec {
            $0.ingress = network?.ingress
            $0.egress = network?.egress
            $0.dnsPolicy = other?.dnsPolicy
            $0.dnsConfig = other?.dnsConfig
        }
        return kept == NetworkSpec() ? nil : kept
    }
}
