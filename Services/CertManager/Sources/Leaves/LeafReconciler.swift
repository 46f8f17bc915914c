import ControllerRuntime
import JSON
import KubernetesClient
package import KubernetesModel
import PKI
import SpiceTypes

/// Keeps the certificate of a node: the Secret that its pod waits for.
package struct LeafReconciler: Sendable {
    private let caches: Caches
    private let settings: Settings
    private let applier: Applier
    private let events: EventRecorder
    private let metrics: IssueMetrics
    private let now: @Sendable () -> Timestamp

    init(
        caches: Caches, settings: Settings, applier: Applier, events: EventRecorder, metrics: IssueMetrics,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.caches = caches
        self.settings = settings
        self.applier = applier
        self.events = events
        self.metrics = metrics
        self.now = now
    }

    /// - Returns: when to look again although nothing changes.
    package func reconcile(_ key: ObjectKey) async throws -> Duration? {
        guard let node = caches.nodes[key], !node.identity.isDeleting else {
            caches.troubles.clear(key)
            return try await sweep(key)
        }
        // Their arrival brings us here again.
        guard let cluster = caches.cluster(of: node), let authority = authority(of: cluster) else { return nil }
        let now = now()
        let names = NodeNames.all(of: node, in: cluster, clusterDomain: settings.clusterDomain)
        let leaf = caches.leaves[node.secret]
        let judgement = LeafJudgement(
            leaf?.content, isOwners: leaf?.identity.controllerUID == node.identity.uid, names: NameList(names),
            authority: authority, terms: settings.leafTerms, now: now)
        switch judgement {
        case .waits: return LookAgain.afterFailure
        case .good(let renewal):
            caches.troubles.clear(key)
            return LookAgain.at(renewal, now)
        case .issue(let reason):
            try await issue(reason, node, names, authority, now)
            return .zero
        }
    }

    private func issue(
        _ reason: IssueReason, _ node: CachedNode, _ names: [SubjectName], _ authority: KeyPair, _ now: Timestamp
    ) async throws {
        let pair = try authority.issue(name: NodeNames.pod(of: node), .peer, names, settings.leafTerms, now: now)
        var labels = [LabelKey.cluster: node.clusterLabel, LabelKey.clusterRole: node.role?.rawValue ?? ""]
        labels[LabelKey.app] = node.setLabel
        labels[LabelKey.spicepod] = node.setLabel
        let secret = CertificateSecret(
            key: node.secret, labels: labels, instance: node.setLabel ?? node.clusterLabel, owner: node.reference,
            data: try pair.issuedFiles(authority: authority.certificate).tree)
        do {
            let written = try await applier.apply(
                try secret.desired(), live: caches.leaves[node.secret]?.live, owner: node.identity.uid)
            if let written { caches.leaves.observe(written: written) }
        } catch let failure as ApplyFailure {
            let trouble = Trouble(failure, remedy: Trouble.renamingTheCluster)
            record(PlannedEvent(isWarning: true, reason: trouble.reason, action: "Issue", note: trouble.message), on: node)
            caches.troubles.note(trouble, node.identity.key)
            throw ReconcileError.waiting(LookAgain.afterFailure, reason: trouble.reason.rawValue)
        }
        metrics.issued(.leaf, reason)
        // What concerns all nodes is told once, on their cluster.
        guard ![.missing, .renewal, .issuerChanged].contains(reason) else { return }
        let note = "Issued the certificate in Secret \(node.secret.name) anew, because \(reason.text)"
        record(PlannedEvent(isWarning: false, reason: .certificateReissued, action: "Issue", note: note), on: node)
    }

    /// Deletes the certificate of a StatefulSet that needs none any more since its cluster became insecure: nobody would renew it, and
    /// its key would stay for nothing. It belongs to the StatefulSet, and goes with it, otherwise.
    private func sweep(_ key: ObjectKey) async throws -> Duration? {
        guard caches.nodes[key] == nil, let leaf = caches.leaves[CachedLeaf.key(of: key)], leaf.isOurs,
            caches.cluster(of: leaf)?.isInsecure == true
        else { return nil }
        let (secret, uid) = (leaf.identity.key, leaf.identity.uid)
        if try await applier.delete(.secrets, secret, uid: uid) == nil { caches.leaves.observe(deleted: secret, uid: uid) }
        return nil
    }

    private func record(_ event: PlannedEvent, on node: CachedNode) {
        events.record(
            .init(isWarning: event.isWarning, reason: event.reason.rawValue, action: event.action, note: event.note),
            on: EventRecorder.Subject(resource: .statefulSets, key: node.identity.key, uid: node.identity.uid))
    }

    private func authority(of cluster: CachedCluster) -> KeyPair? {
        guard let cached = caches.authorities[AuthorityName.secret(of: cluster.identity.key, settings)], cached.isOurs,
            let pair = cached.data.pair,
            pair.certificate.commonName == AuthorityName.commonName(of: cluster.identity.uid)
        else { return nil }
        return pair
    }
}
