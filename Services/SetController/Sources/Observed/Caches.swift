package import ControllerRuntime
package import KubernetesClient
package import KubernetesModel
import SpiceTypes

/// The service's caches: sets, and everything labelled as made for one. Never all ConfigMaps, Secrets or Events of a cluster.
package final class Caches: Sendable {
    let sets: Informer<CachedSet>
    let pods: Informer<CachedPod>
    let workloads: Informer<CachedWorkload>
    let deployments: Informer<CachedDeployment>
    let versions: Informer<CachedVersion>
    let claims: Informer<CachedClaim>
    let storageClasses: Informer<CachedStorageClass>
    let services: Informer<CachedService>
    let children: [ResourceType: Informer<CachedChild>]
    let deadPods = DeadPods()
    let refusals = VolumeRefusals()

    static let childResources: [ResourceType] = [
        .serviceAccounts, .roles, .roleBindings, .networkPolicies, .podDisruptionBudgets,
    ]

    package init(client: KubernetesClient, scope: WatchScope, observer: (any ReflectorObserver)?) {
        func informer<Object: CachedObject>(_ type: Object.Type, _ resource: ResourceType, labels: String? = LabelKey.spicepod)
            -> Informer<Object>
        {
            Informer(client: client, resource: resource, scope: scope, labels: labels, observer: observer)
        }
        sets = informer(CachedSet.self, .spicepodSets, labels: nil)
        pods = informer(CachedPod.self, .pods)
        workloads = informer(CachedWorkload.self, .statefulSets)
        deployments = Informer(client: client, resource: .deployments, scope: scope, observer: observer, keep: { $0.isOfASet })
        versions = informer(CachedVersion.self, .configMaps)
        claims = informer(CachedClaim.self, .persistentVolumeClaims)
        // An installation without rights on the cluster does not see them: then growing is tried, and the API server judges.
        storageClasses = Informer(client: client, resource: .storageClasses, toleratesDenial: true, observer: observer)
        services = informer(CachedService.self, .services)
        children = Dictionary(uniqueKeysWithValues: Self.childResources.map { ($0, informer(CachedChild.self, $0)) })
        pods.onChange { [deadPods] _, new in new.map { deadPods.note($0.pod) } }
    }

    var hasSynced: Bool {
        sets.hasSynced && pods.hasSynced && workloads.hasSynced && deployments.hasSynced && versions.hasSynced && services.hasSynced
            && claims.hasSynced && storageClasses.hasSynced && children.values.allSatisfy(\.hasSynced)
    }

    /// Lists and watches until the task is cancelled.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.sets.run() }
            group.addTask { try await self.pods.run() }
            group.addTask { try await self.workloads.run() }
            group.addTask { try await self.deployments.run() }
            group.addTask { try await self.versions.run() }
            group.addTask { try await self.claims.run() }
            group.addTask { try await self.storageClasses.run() }
            group.addTask { try await self.services.run() }
            for informer in children.values { group.addTask { try await informer.run() } }
            try await group.waitForAll()
        }
    }

    /// Calls `enqueue` with the set that a change concerns.
    package func onChange(_ enqueue: @escaping @Sendable (ObjectKey) -> Void) {
        sets.onChange { old, new in (new ?? old).map { enqueue($0.identity.key) } }
        workloads.onChange { old, new in Self.owner((new ?? old)?.identity).map(enqueue) }
        deployments.onChange { old, new in Self.owner((new ?? old)?.identity).map(enqueue) }
        versions.onChange { old, new in Self.owner((new ?? old)?.identity).map(enqueue) }
        claims.onChange { [weak self] old, new in
            guard let self, let claim = new ?? old else { return }
            if new == nil { self.refusals.forget(claim: claim.identity.uid) }
            for key in self.sets(of: claim) { enqueue(key) }
        }
        storageClasses.onChange { [sets] old, new in
            guard old == nil, let name = new?.observed.name else { return }
            // one may have been waited for
            for set in sets.all
            where set.set.spec.volumeClaimTemplates?.contains(where: { $0.spec.storageClassName == name }) == true {
                enqueue(set.identity.key)
            }
        }
        services.onChange { old, new in Self.owner((new ?? old)?.identity).map(enqueue) }
        for informer in children.values {
            informer.onChange { old, new in Self.owner((new ?? old)?.identity).map(enqueue) }
        }
        pods.onChange { [workloads] old, new in
            guard let pod = new ?? old else { return }
            let namespace = pod.identity.key.namespace
            let workload = pod.identity.controllerName.flatMap { workloads[ObjectKey(namespace: namespace, name: $0)] }
            let owner = Self.owner(workload?.identity) ?? pod.setLabel.map { ObjectKey(namespace: namespace, name: $0) }
            owner.map(enqueue)
        }
    }

    private static func owner(_ identity: ObjectIdentity?) -> ObjectKey? {
        identity.flatMap { identity in
            identity.controllerName.map { ObjectKey(namespace: identity.key.namespace, name: $0) }
        }
    }

    // MARK: Views

    func world(of set: SpicepodSet, now: Timestamp) -> World {
        let uid = set.metadata.uid ?? ""
        let workloads = workloads.owned(by: uid)
        let deployments = deployments.owned(by: uid)
        let claims = claims(of: workloads.map(\.observed))
        let services = services.owned(by: uid)
        let living =
            workloads.flatMap { pods.owned(by: $0.identity.uid).map(\.pod) } + orphans(of: workloads.map(\.observed))
        let references = Self.childResources.flatMap { resource in
            (children[resource]?.owned(by: uid) ?? []).map {
                ChildReference(resource: resource, key: $0.identity.key, uid: $0.identity.uid)
            }
        }
        return World(
            set: set,
            workloads: workloads.map(\.observed) + deployments.map(\.observed),
            pods: living + pods(of: set, deployments),
            versions: versions.owned(by: uid).map(\.observed),
            services: services.map(\.observed),
            children: references
                + services.map { ChildReference(resource: .services, key: $0.identity.key, uid: $0.identity.uid) },
            claims: claims,
            versionClaims: self.claims.owned(by: uid).map(\.claim),
            storageClasses: observedStorageClasses,
            volumeRefusals: refusals.of(claims),
            orphans: pods.owned(by: CachedPod.orphanOwner(Self.labelKey(set))).compactMap(\.orphan),
            departed: deadPods.departed(of: Set(workloads.map(\.identity.uid)), besides: living),
            now: now)
    }

    /// Pods of the set's Deployment, as far as they carry our labels.
    private func pods(of set: SpicepodSet, _ deployments: [CachedDeployment]) -> [ObservedPod] {
        guard let owner = deployments.first?.identity.uid else { return [] }
        return pods.owned(by: CachedPod.deploymentOwner(Self.labelKey(set))).map { cached in
            var pod = cached.pod
            pod.ownerUID = owner
            return pod
        }
    }

    /// - Parameter key: a set as labels name it, which is not its name where that is long.
    func orphansWithoutSet(_ key: ObjectKey) -> [ObservedOrphan] {
        let orphans = pods.owned(by: CachedPod.orphanOwner(key)).compactMap(\.orphan)
        guard !orphans.isEmpty, !sets.all.contains(where: { Self.labelKey($0.set) == key }) else { return [] }
        return orphans
    }

    /// The set as labels name it.
    private static func labelKey(_ set: SpicepodSet) -> ObjectKey {
        ObjectKey(namespace: set.metadata.namespace ?? "", name: ChildNames(set: set.metadata.name ?? "").labelValue)
    }

    /// Pods of a StatefulSet that was replaced: the new one adopts them in a moment.
    private func orphans(of workloads: [ObservedWorkload]) -> [ObservedPod] {
        workloads.compactMap { workload in
            let key = ObjectKey(namespace: workload.key.namespace, name: "\(workload.key.name)-0")
            guard let cached = pods[key], cached.orphan != nil else { return nil }
            var pod = cached.pod
            pod.ownerUID = workload.uid
            return pod
        }
    }

    func live(_ resource: ResourceType, _ key: ObjectKey) -> LiveChild? {
        let child =
            switch resource {
            case .statefulSets: workloads[key]?.child
            case .deployments: deployments[key]?.child
            case .configMaps: versions[key]?.child
            case .services: services[key]?.child
            default: children[resource]?[key]
            }
        return child.map {
            LiveChild(
                uid: $0.identity.uid, resourceVersion: $0.identity.resourceVersion, controllerUID: $0.identity.controllerUID,
                owned: $0.owned)
        }
    }
}
