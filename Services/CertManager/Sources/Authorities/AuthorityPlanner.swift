import ControllerRuntime
import KubernetesModel
import PKI
import SpiceTypes

/// Decides about the root CA of a cluster, and what to say of its certificates. Pure.
package struct AuthorityPlanner: Sendable {
    let settings: Settings

    package init(settings: Settings) {
        self.settings = settings
    }

    /// A pod may be young and wait for its certificate; telling that would make the condition flap whenever a cluster grows.
    static let patience: Duration = .seconds(10)

    package func plan(_ world: AuthorityWorld) -> AuthorityPlan {
        guard isRequired(world) else { return notRequired(world) }
        switch world.secret {
        case .foreign: return stalled(world)
        case .missing: return plan(world, writing: .issue(.missing, keepsKey: false))
        case .ours(let secret):
            if let write = repair(secret, world) { return plan(world, writing: write) }
            guard let pair = secret.data.pair else { return plan(world, writing: .issue(.unreadable, keepsKey: false)) }
            switch rotation(secret, pair, world).next {
            case .replaceKey: return plan(world, writing: .issue(.rotation, keepsKey: false))
            case .settle: return plan(world, writing: .settle)
            case .waitForNodes: return ready(pair, world, isRotating: true)
            case .nothing: return ready(pair, world, isRotating: false)
            }
        }
    }

    /// Nodes that still run with certificates keep them until they are rolled.
    private func isRequired(_ world: AuthorityWorld) -> Bool { !world.cluster.isInsecure || !world.nodes.isEmpty }

    // MARK: The Secret

    /// What is wrong with the certificate, or nil. As long as the key can be trusted, what it signed stays valid.
    private func repair(_ secret: CachedAuthority, _ world: AuthorityWorld) -> AuthorityWrite? {
        guard secret.data.key != nil else { return .issue(.unreadable, keepsKey: false) }
        guard let certificate = secret.data.certificate else { return .issue(.unreadable, keepsKey: true) }
        guard let pair = secret.data.pair else { return .issue(.keyMismatch, keepsKey: false) }
        guard certificate.isAuthority, certificate.commonName == AuthorityName.commonName(of: world.cluster.identity.uid) else {
            return .issue(.replaced, keepsKey: false)
        }
        if let fault = pair.validity.fault(at: world.now) { return .issue(fault, keepsKey: true) }
        if settings.authorityTerms.renewal(of: pair.validity) <= world.now { return .issue(.renewal, keepsKey: true) }
        let isInOrder = secret.data.authority == certificate && SecretKind(labels: secret.labels) == .authority
        return isInOrder ? nil : .restate
    }

    private func rotation(_ secret: CachedAuthority, _ pair: KeyPair, _ world: AuthorityWorld) -> KeyRotation {
        KeyRotation(
            request: world.cluster.rotationRequest, takenUp: secret.annotations[AuthorityAnnotation.rotatedFor],
            isSwitching: secret.annotations[AuthorityAnnotation.rotation] == AuthorityAnnotation.switching,
            nodesFollow: world.nodes.allSatisfy { $0.follows(pair, at: world.now) })
    }

    // MARK: The status

    private func plan(_ world: AuthorityWorld, writing write: AuthorityWrite) -> AuthorityPlan {
        AuthorityPlan(
            write: write, status: status(world, nil, Trouble(.issuing, "the root CA is being issued")), lookAgain: .seconds(1))
    }

    private func ready(_ pair: KeyPair, _ world: AuthorityWorld, isRotating: Bool) -> AuthorityPlan {
        let lacking = world.nodes.filter { !$0.follows(pair, at: world.now) }
        let late = lacking.filter { world.now - ($0.createdAt ?? world.now) >= Self.patience }
        let trouble = world.nodes.first { $0.trouble != nil }?.trouble
        var reason: Trouble?
        if let trouble {
            reason = trouble
        } else if isRotating {
            reason = Trouble(.rotating, "the root CA has a new key, and every node gets a certificate from it")
        } else if !late.isEmpty {
            reason = Trouble(.issuing, "certificates of nodes are being issued")
        }
        let renewal = LookAgain.at(settings.authorityTerms.renewal(of: pair.validity), world.now)
        return AuthorityPlan(
            status: status(world, pair, reason), lookAgain: lacking.isEmpty ? renewal : min(renewal, Self.patience),
            trouble: trouble)
    }

    /// What is told where the API server refused a write.
    package func plan(_ world: AuthorityWorld, failing trouble: Trouble) -> AuthorityPlan {
        var pair: KeyPair?
        if case .ours(let secret) = world.secret { pair = secret.data.pair }
        if pair?.validity.fault(at: world.now) != nil { pair = nil }
        return AuthorityPlan(
            status: status(world, pair, trouble),
            events: [PlannedEvent(isWarning: true, reason: trouble.reason, action: "Issue", note: trouble.message)],
            trouble: trouble)
    }

    private func stalled(_ world: AuthorityWorld) -> AuthorityPlan {
        let trouble = Trouble.foreign(secret(of: world.cluster), remedy: Trouble.renamingTheCluster)
        var plan = plan(world, failing: trouble)
        plan.lookAgain = LookAgain.afterFailure
        return plan
    }

    private func notRequired(_ world: AuthorityWorld) -> AuthorityPlan {
        let message = "allowInsecureConnections is set: the nodes talk without certificates"
        return AuthorityPlan(
            status: CertificateStatus(condition: condition(world, .true, .notRequired, message)))
    }

    /// - Parameter trouble: why not everything is ready.
    private func status(_ world: AuthorityWorld, _ pair: KeyPair?, _ trouble: Trouble?) -> CertificateStatus {
        CertificateStatus(
            isReady: pair != nil, secretName: pair.map { _ in secret(of: world.cluster).name },
            expiresAt: pair?.validity.notAfter.text,
            condition: trouble.map { condition(world, .false, $0.reason, $0.message) }
                ?? condition(world, .true, .issued, "the root CA and every node's certificate are valid"))
    }

    private func condition(_ world: AuthorityWorld, _ status: Condition.Status, _ reason: Reason, _ message: String) -> Condition {
        Condition(
            CertificateStatus.conditionType, status, reason: reason.rawValue, message: message,
            observedGeneration: world.cluster.identity.generation, after: world.cluster.status.condition.map { [$0] },
            now: world.now)
    }

    private func secret(of cluster: CachedCluster) -> ObjectKey {
        AuthorityName.secret(of: cluster.identity.key, settings)
    }
}
