import ControllerRuntime
import JSON
import KubernetesClient
package import KubernetesModel
import PKI
import SpiceTypes

/// Keeps the certificate of a webhook server, the trust of everything that calls it, and the authority between the two.
package struct ServingReconciler: Sendable {
    private let caches: ServingCaches
    private let planner: ServingPlanner
    private let settings: Settings
    private let secrets: SecretLookup
    private let client: KubernetesClient
    private let applier: Applier
    private let events: EventRecorder
    private let metrics: IssueMetrics
    private let now: @Sendable () -> Timestamp

    init(
        caches: ServingCaches, settings: Settings, client: KubernetesClient, applier: Applier, events: EventRecorder,
        metrics: IssueMetrics, now: @escaping @Sendable () -> Timestamp
    ) {
        self.caches = caches
        planner = ServingPlanner(settings: settings)
        self.settings = settings
        secrets = SecretLookup(client: client)
        self.client = client
        self.applier = applier
        self.events = events
        self.metrics = metrics
        self.now = now
    }

    /// - Returns: when to look again although nothing changes.
    package func reconcile(_ key: ObjectKey) async throws -> Duration? {
        if key == caches.authorityKey { return try await keepAuthority() }
        let references = caches.references(key.name)
        guard !references.isEmpty else { return try await sweep(key) }
        guard NameSyntax.isSubdomain(key.name) else { return invalidName(key.name, references) }
        // Its arrival brings us here again.
        guard let authority = caches.authorities[caches.authorityKey]?.data.pair else { return nil }
        let leaf = try await leaf(key, references)
        let world = ServingWorld(
            secret: key.name, callers: references, authority: authority, leaf: leaf?.content, now: now())
        let plan = planner.plan(world)
        let refused = try await trust(plan.bundles)
        // Planned anew with what the bundles are now. Where one cannot be changed a server without any certificate gets its own all
        // the same: it may have other callers.
        if !plan.bundles.isEmpty, refused == nil { return .zero }
        let isServing = leaf?.content.summary.map { $0.validity.fault(at: world.now) == nil } ?? false
        if let reason = plan.issue, refused == nil || !isServing {
            try await issue(reason, key, plan.names, authority, world)
            if refused == nil { return .zero }
        }
        if let refused { throw ReconcileError.waiting(LookAgain.afterFailure, reason: refused.reason.rawValue) }
        return plan.lookAgain
    }

    /// - Throws: `ReconcileError.waiting` where somebody else's Secret has the name: then nobody is made to trust ours.
    private func leaf(_ key: ObjectKey, _ references: [ServingWorld.Reference]) async throws -> CachedLeaf? {
        if let cached = caches.leaves[key], cached.isOurs { return cached }
        switch try await secrets.find(key, .serving) {
        // made anew, with its labels
        case .missing, .unlabelled: return nil
        case .ours(let object):
            caches.leaves.observe(written: object)
            return try CachedLeaf(parsing: object.serialized())
        case .foreign:
            tell(.foreign(key, remedy: Trouble.namingAnother), references)
            throw ReconcileError.waiting(LookAgain.afterFailure, reason: Reason.foreignSecret.rawValue)
        }
    }

    // MARK: The authority

    private func keepAuthority() async throws -> Duration? {
        guard caches.isAsked else { return nil }
        let key = caches.authorityKey
        let mistaken = caches.references(key.name)
        if !mistaken.isEmpty {
            let note =
                "spice.ai/serving-certificate: '\(key.name)' holds the authority of all serving certificates, use another name"
            tell(Trouble(.invalidSecretName, note), mistaken)
        }
        let now = now()
        var current = caches.authorities[key]
        if current == nil {
            switch try await secrets.find(key, .webhookAuthority) {
            case .missing: break
            case .unlabelled(let object): current = try CachedAuthority(object)
            case .ours(let object):
                caches.authorities.observe(written: object)
                current = try CachedAuthority(object)
            case .foreign: throw ReconcileError.waiting(LookAgain.afterFailure, reason: Reason.foreignSecret.rawValue)
            }
        }
        guard let (reason, signer) = reissue(current, now) else {
            guard let validity = current?.data.pair?.validity else { return nil }
            return LookAgain.at(settings.authorityTerms.renewal(of: validity), now)
        }
        let pair = try KeyPair.root(name: Self.commonName, key: signer, settings.authorityTerms, now: now)
        let secret = CertificateSecret(
            key: key, labels: [SecretKind.webhookAuthorityLabel: "webhooks"], instance: "spiceai-operator",
            resourceVersion: current?.identity.resourceVersion, data: try pair.files(authority: pair.certificate).tree)
        if let written = try await write(secret) { caches.authorities.observe(written: written) }
        metrics.issued(.webhookAuthority, reason)
        return .zero
    }

    private static let commonName = "Spice operator webhook CA"

    /// Why the authority is made anew, and the key that it keeps.
    private func reissue(_ current: CachedAuthority?, _ now: Timestamp) -> (IssueReason, PrivateKey?)? {
        guard let current else { return (.missing, nil) }
        guard let pair = current.data.pair else {
            return (current.data.fault ?? .unreadable, current.data.certificate == nil ? current.data.key : nil)
        }
        guard pair.certificate.isAuthority, pair.certificate.commonName == Self.commonName else { return (.replaced, nil) }
        if let fault = pair.validity.fault(at: now) { return (fault, pair.key) }
        if SecretKind(labels: current.labels) != .webhookAuthority { return (.replaced, pair.key) }
        return settings.authorityTerms.renewal(of: pair.validity) <= now ? (.renewal, pair.key) : nil
    }

    // MARK: Callers and the certificate

    /// - Returns: what the API server refused. The others are changed all the same.
    private func trust(_ changes: [BundleChange]) async throws -> Trouble? {
        var refused: Trouble?
        for change in changes {
            let (resource, key) = (change.reference.resource, change.reference.identity.key)
            do {
                let written = try await client.patch(resource, key, .json(try Self.steps(change)))
                caches.observe(written: written, resource)
            } catch let error as APIError {
                guard [.forbidden, .invalid, .badRequest].contains(error.code) else { throw error }
                let reason = error.code == .forbidden ? Reason.forbidden : .rejected
                let trouble = Trouble(reason, "caBundle of \(resource.kind) \(key) cannot be set: \(error.message)")
                tell(trouble, [change.reference])
                refused = refused ?? trouble
            }
        }
        return refused
    }

    /// Nothing but the bundle, and only of the element that was looked at: their places may have changed.
    private static func steps(_ change: BundleChange) throws(PKIError) -> [JSONPatchOperation] {
        let caller = change.reference.caller
        var steps: [JSONPatchOperation] = [.test("/metadata/uid", .string(change.reference.identity.uid))]
        if let name = caller.name {
            steps.append(.test("\(caller.path.dropLast("/clientConfig".count))/name", .string(name)))
        }
        var pem = ""
        for certificate in change.bundle { pem += try certificate.pem() }
        return steps + [.add("\(caller.path)/caBundle", .string(Base64.encode(Array(pem.utf8))))]
    }

    private func issue(
        _ reason: IssueReason, _ key: ObjectKey, _ names: [SubjectName], _ authority: KeyPair, _ world: ServingWorld
    ) async throws {
        let common = world.callers.first?.caller.hosts.first.map(Self.commonName) ?? key.name
        let pair = try authority.issue(name: common, .server, names, settings.leafTerms, now: world.now)
        let secret = CertificateSecret(
            key: key, labels: [SecretKind.servingLabel: key.name], instance: "spiceai-operator",
            data: try pair.issuedFiles(authority: authority.certificate).tree)
        do {
            if let written = try await write(secret) { caches.leaves.observe(written: written) }
        } catch let failure as ApplyFailure {
            let trouble = Trouble(failure, remedy: Trouble.namingAnother)
            tell(trouble, world.callers)
            throw ReconcileError.waiting(LookAgain.afterFailure, reason: trouble.reason.rawValue)
        }
        metrics.issued(.serving, reason)
    }

    private func write(_ secret: CertificateSecret) async throws -> JSONValue? {
        try await applier.apply(try secret.desired(), live: nil, owner: "")
    }

    private static func commonName(_ host: WebhookObject.Host) -> String {
        switch host {
        case .service(let name, let namespace): "\(name).\(namespace).svc"
        case .url(.dns(let name)): name
        case .url(.address(let bytes)): bytes.map(String.init).joined(separator: ".")
        }
    }

    private func sweep(_ key: ObjectKey) async throws -> Duration? {
        guard caches.leaves[key] != nil, case .ours(let object) = try await secrets.find(key, .serving) else {
            return nil
        }
        let uid = object[path: "metadata", "uid"]?.stringValue ?? ""
        if try await applier.delete(.secrets, key, uid: uid) == nil { caches.leaves.observe(deleted: key, uid: uid) }
        return nil
    }

    // MARK: Telling

    private func invalidName(_ name: String, _ references: [ServingWorld.Reference]) -> Duration? {
        let note = "spice.ai/serving-certificate: '\(name)' is no Secret's name, use lower-case letters, digits, '-' and '.'"
        tell(Trouble(.invalidSecretName, note), references)
        return nil
    }

    private func tell(_ trouble: Trouble, _ references: [ServingWorld.Reference]) {
        var told: Set<EventRecorder.Subject> = []
        for reference in references {
            let subject = EventRecorder.Subject(
                resource: reference.resource, key: reference.identity.key, uid: reference.identity.uid)
            guard told.insert(subject).inserted else { continue }
            events.record(
                .init(isWarning: true, reason: trouble.reason.rawValue, action: "Issue", note: trouble.message), on: subject)
        }
    }
}
