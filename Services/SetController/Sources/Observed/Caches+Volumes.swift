import ControllerRuntime
import KubernetesModel

extension Caches {
    /// Claims have no owner: a claim belongs to the StatefulSet it is named after.
    func claims(of workloads: [ObservedWorkload]) -> [ObservedClaim] {
        workloads.flatMap { workload in
            workload.claimSizes.keys.sorted().compactMap { template in
                let name = ClaimName(template: template, workload: workload.key.name).text
                return claims[ObjectKey(namespace: workload.key.namespace, name: name)]?.claim
            }
        }
    }

    var observedStorageClasses: [String: ObservedStorageClass] {
        Dictionary(storageClasses.all.map { ($0.observed.name, $0.observed) }, uniquingKeysWith: { first, _ in first })
    }

    /// The sets whose StatefulSets may have made the claim; the label's set where there is none.
    func sets(of claim: CachedClaim) -> Set<ObjectKey> {
        let namespace = claim.identity.key.namespace
        let owners = ClaimName.readings(of: claim.identity.key.name).compactMap { name -> ObjectKey? in
            guard let workload = workloads[ObjectKey(namespace: namespace, name: name.workload)],
                workload.claimSizes[name.template] != nil
            else { return nil }
            return workload.identity.controllerName.map { ObjectKey(namespace: namespace, name: $0) }
        }
        guard owners.isEmpty else { return Set(owners) }
        return Set([claim.setLabel.map { ObjectKey(namespace: namespace, name: $0) }].compactMap { $0 })
    }
}
