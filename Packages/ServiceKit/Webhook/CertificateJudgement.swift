import KubernetesModel
import PKI

/// Whether the API server can call this replica's webhooks, and if not, why.
struct CertificateJudgement: Sendable, Hashable {
    var isReady: Bool
    /// Shown by `/ready`: what is missing, or what a person should know although it is ready.
    var note: String?
    /// Nothing can be said before the first lists are in: no news to anybody.
    var isPending = false

    static func reading(_ what: String) -> CertificateJudgement {
        CertificateJudgement(isReady: false, note: "reads \(what)", isPending: true)
    }

    static func ready(_ note: String? = nil) -> CertificateJudgement { CertificateJudgement(isReady: true, note: note) }
    static func waiting(_ note: String) -> CertificateJudgement { CertificateJudgement(isReady: false, note: note) }
}

/// What the judgement is made of.
struct CertificateSituation: Sendable {
    /// What is known of one kind of object.
    enum Knowledge<Value: Sendable>: Sendable {
        /// No list yet.
        case unknown
        /// Reading is forbidden, or the kind is not served.
        case denied
        case known(Value)

        var isUnknown: Bool {
            if case .unknown = self { true } else { false }
        }

        var isDenied: Bool {
            if case .denied = self { true } else { false }
        }

        var value: Value? {
            if case .known(let value) = self { value } else { nil }
        }
    }

    /// A caller, and the object it stands in.
    struct Reference: Sendable, Hashable {
        /// `ValidatingWebhookConfiguration spice-set-controller`
        var object: String
        var caller: TrustingObject.Caller
        /// A webhook configuration without a bundle can call nobody. A CRD without one may have no conversion to ask for.
        var needsBundle: Bool
    }

    /// `spiceai-operator-system/set-controller-webhook-tls`
    var secretName: String
    /// Why there is no server.
    var failure: String?
    /// Whether the Secret exists.
    var secret: Knowledge<Bool> = .unknown
    /// Why the Secret as it is now cannot be used.
    var problem: String?
    /// The chain that new connections are greeted with: the last good one.
    var serving: [Certificate] = []
    /// One entry for each kind that is watched.
    var references: [Knowledge<[Reference]>] = []
}

extension CertificateSituation {
    /// Ready when the chain in use verifies against every bundle that the API server would verify it with. Where nothing points
    /// here and there is no Secret, webhooks are not installed, and nothing is missing.
    func judgement(at now: Timestamp) -> CertificateJudgement {
        if secret.isUnknown { return .reading("the Secret \(secretName)") }
        if references.contains(where: \.isUnknown) { return .reading("the webhook configurations") }
        let callers = references.flatMap { $0.value ?? [] }
        guard isInstalled(callers) else { return .ready("webhooks are not installed") }
        if let failure { return .waiting("webhooks are not served: \(failure)") }
        guard let leaf = serving.first else { return withoutCertificate }
        if now < leaf.notBefore { return .waiting("the certificate of \(secretName) is valid from \(leaf.notBefore)") }
        if now > leaf.notAfter { return .waiting("the certificate of \(secretName) expired at \(leaf.notAfter)") }
        for reference in callers {
            if let trouble = trouble(reference, now) { return .waiting(trouble) }
        }
        return .ready(remark(leaf, callers))
    }

    private func isInstalled(_ callers: [Reference]) -> Bool {
        !serving.isEmpty || problem != nil || callers.contains { $0.needsBundle || !$0.caller.bundle.isEmpty }
    }

    private var withoutCertificate: CertificateJudgement {
        if let problem { return .waiting("Secret \(secretName): \(problem)") }
        return .waiting(
            secret.isDenied
                ? "may not read the Secret \(secretName); grant list and watch on it"
                : "the Secret \(secretName) does not exist; cert-manager makes it")
    }

    private func trouble(_ reference: Reference, _ now: Timestamp) -> String? {
        let caller = reference.caller
        let place = "\(reference.object) \(caller.path)"
        guard !caller.bundle.isEmpty else {
            return reference.needsBundle ? "\(place) has no caBundle; cert-manager puts it there" : nil
        }
        do throws(PKIError) {
            try Certificate.verifyServer(serving, roots: try Certificate.all(pem: caller.bundle), at: now)
            return nil
        } catch {
            let what = error.code == .malformed ? "its caBundle \(error)" : "its caBundle does not trust the certificate: \(error)"
            return "\(place): \(what)"
        }
    }

    private func remark(_ leaf: Certificate, _ callers: [Reference]) -> String? {
        if let problem { return "Secret \(secretName): \(problem); the last good certificate is used" }
        if let stranger = callers.first(where: { $0.caller.host.map { !leaf.names(host: $0) } ?? false }) {
            return "\(stranger.object) calls \(stranger.caller.host ?? ""), which is none of the certificate's names"
        }
        if references.contains(where: \.isDenied) {
            return "some webhook configurations may not be read"
        }
        return callers.isEmpty ? "no webhook configuration points here" : nil
    }
}
