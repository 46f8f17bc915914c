import ControllerRuntime
import JSON
import KubernetesClient
package import KubernetesModel
import SpiceTypes

/// Keeps the root CA of a cluster, and tells how its certificates stand. Where the cluster is gone its root CA goes too.
package struct AuthorityReconciler: Sendable {
    private let caches: Caches
    private let planner: AuthorityPlanner
    private let settings: Settings
    private let client: KubernetesClient
    private let applier: Applier
    private let events: EventRecorder
    private let metrics: IssueMetrics
    private let now: @Sendable () -> Timestamp

    init(
        caches: Caches, settings: Settings, client: KubernetesClient, applier: Applier, events: EventRecorder,
        metrics: IssueMetrics, now: @escaping @Sendable () -> Timestamp
    ) {
        self.caches = caches
        planner = AuthorityPlanner(settings: settings)
        self.settings = settings
        self.client = client
        self.applier = applier
        self.events = events
        self.metrics = metrics
        self.now = now
    }

    /// - Returns: when to look again although nothing changes.
    package func reconcile(_ key: ObjectKey) async throws -> Duration? {
        guard let cluster = caches.clusters[key] else { return try await sweep(key) }
        guard !cluster.identity.isDeleting else { return nil }
        let world = try await observe(cluster)
        let plan = planner.plan(world)
        if let write = plan.write {
            do {
                try await perform(write, world)
            } catch let failure as ApplyFailure {
                let trouble = Trouble(failure, remedy: Trouble.renamingTheCluster)
                try await report(planner.plan(world, failing: trouble), world)
                throw ReconcileError.waiting(LookAgain.afterFailure, reason: trouble.reason.rawValue)
            }
            // told once it is done
            return .zero
        }
        try await report(plan, world)
        return plan.lookAgain
    }

    private func observe(_ cluster: CachedCluster) async throws -> AuthorityWorld {
        AuthorityWorld(
            cluster: cluster, secret: try await standing(AuthorityName.secret(of: cluster.identity.key, settings)),
            nodes: caches.nodes(of: cluster), now: now())
    }

    /// Not in a cache selected by labels: somebody else's may still be there, or ours from a moment ago. A key that signs is never
    /// replaced on the word of a cache alone.
    private func standing(_ key: ObjectKey) async throws -> AuthorityStanding {
        if let cached = caches.authorities[key], cached.isOurs { return .ours(cached) }
        do {
            let object = try await client.get(.secrets, key)
            let found = try CachedAuthority(object)
            guard found.isOurs else { return .foreign }
            if SecretKind(labels: found.labels) == .authority { caches.authorities.observe(written: object) }
            return .ours(found)
        } catch let error as APIError where error.code == .notFound {
            return .missing
        }
    }

    private func perform(_ write: AuthorityWrite, _ world: AuthorityWorld) async throws {
        var current: CachedAuthority?
        if case .ours(let secret) = world.secret { current = secret }
        let secret = AuthoritySecret(settings: settings, cluster: world.cluster, current: current)
        guard let (desired, pair) = try secret.desired(write, now: world.now) else { return }
        if let written = try await applier.apply(desired, live: nil, owner: "") { caches.authorities.observe(written: written) }
        if case .issue(let reason, _) = write { metrics.issued(.authority, reason) }
        record([AuthorityNarrator.event(write, pair)].compactMap { $0 }, on: world.cluster)
    }

    // MARK: Telling

    private func report(_ plan: AuthorityPlan, _ world: AuthorityWorld) async throws {
        record(plan.events, on: world.cluster)
        guard plan.status != world.cluster.status else { return }
        let (key, uid) = (world.cluster.identity.key, world.cluster.identity.uid)
        let written = try await applier.applyStatus(.spicepodClusters, key, uid: uid, try plan.status.tree())
        caches.clusters.observe(written: written)
    }

    private func record(_ planned: [PlannedEvent], on cluster: CachedCluster) {
        let subject = EventRecorder.Subject(resource: .spicepodClusters, key: cluster.identity.key, uid: cluster.identity.uid)
        for event in planned {
            events.record(
                .init(isWarning: event.isWarning, reason: event.reason.rawValue, action: event.action, note: event.note),
                on: subject)
        }
    }

    // MARK: Sweeping

    /// Deletes the root CA of a cluster that is gone: nothing owns it, for an owner is of the same namespace.
    private func sweep(_ key: ObjectKey) async throws -> Duration? {
        guard let secret = caches.authorities[AuthorityName.secret(of: key, settings)], secret.isOurs,
            AuthorityName.cluster(of: secret) == key, caches.sees(key.namespace), try await isGone(key)
        else { return nil }
        let remaining = try await applier.delete(.secrets, secret.identity.key, uid: secret.identity.uid)
        if remaining == nil { caches.authorities.observe(deleted: secret.identity.key, uid: secret.identity.uid) }
        return nil
    }

    /// A cache may be behind, and a version of the API that is not served answers as if nothing were there: only an answer that
    /// names the object counts.
    private func isGone(_ key: ObjectKey) async throws -> Bool {
        do {
            _ = try await client.get(.spicepodClusters, key)
            return false
        } catch {
            guard error.code == .notFound else { throw error }
            return error.status?.details?.name == key.name
        }
    }
}
