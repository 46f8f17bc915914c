import ControllerRuntime
public import KubernetesClient
public import KubernetesModel
public import Logging
import PKI

/// Keeps a webhook server's certificate current, and its readiness true to what the API server would say of it.
///
/// Reads one Secret, and the webhook configurations and CRDs labelled `spice.ai/serving-certificate: <secret>`. Runs on every
/// replica: webhooks answer whoever holds the Lease.
public struct CertificateWatch: Sendable {
    /// Names the Secret of the certificate that an object's caller is to trust.
    public static let label = "spice.ai/serving-certificate"
    /// Certificates run out without anybody writing anything.
    static let interval: Duration = .seconds(10)

    private let key: ObjectKey
    private let context: ServingContext
    private let readiness: Readiness.Target
    private let metrics: WebhookMetrics
    private let logger: Logger
    private let time: TimeSource
    private let wall: @Sendable () -> Timestamp
    private let failure: ServiceError?

    private let reading: ReadingState
    private let secrets: Informer<ServingSecret>
    private let trusting: [Informer<TrustingObject>]

    /// - Parameters:
    ///   - readiness: not ready until the first judgement.
    ///   - failure: why there is no server.
    public init(
        secret: ObjectKey, context: ServingContext, client: KubernetesClient, readiness: Readiness.Target, metrics: WebhookMetrics,
        logger: Logger, observer: (any ReflectorObserver)? = nil, failure: ServiceError? = nil,
        wall: @escaping @Sendable () -> Timestamp = { WallClock.now() }
    ) {
        self.failure = failure
        key = secret
        self.context = context
        self.readiness = readiness
        self.metrics = metrics
        self.logger = logger
        self.wall = wall
        time = client.time
        let reading = ReadingState(base: observer, logger: logger)
        self.reading = reading
        secrets = Informer(
            client: client, resource: .secrets, scope: .only([secret.namespace]), fields: "metadata.name=\(secret.name)",
            observer: reading)
        trusting = Self.kinds.map {
            Informer(client: client, resource: $0, labels: "\(Self.label)=\(secret.name)", observer: reading)
        }
    }

    private static let kinds: [ResourceType] = [
        .validatingWebhookConfigurations, .mutatingWebhookConfigurations, .customResourceDefinitions,
    ]

    /// Works until the task is cancelled.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await secrets.run() }
            for informer in trusting { group.addTask { try await informer.run() } }
            group.addTask {
                while true {
                    try await time.sleep(Self.interval)
                    reading.wake()
                }
            }
            group.addTask { try await judgeWhenWoken() }
            try await group.waitForAll()
        }
    }

    private func judgeWhenWoken() async throws {
        var loading = SecretLoading()
        var last: CertificateJudgement?
        for await _ in reading.changes {
            load(&loading)
            let judgement = situation(loading).judgement(at: wall())
            guard judgement != last else { continue }
            last = judgement
            readiness.set(judgement)
            logger.log(
                level: judgement.isPending ? .debug : judgement.isReady ? .info : .warning,
                judgement.isReady ? "Webhooks can be called" : "Webhooks cannot be called",
                metadata: judgement.note.map { ["reason": .string($0)] } ?? [:])
        }
        try Task.checkCancellation()
    }

    // MARK: The Secret

    private struct SecretLoading {
        /// The resource version that was tried last.
        var version: String?
        var problem: String?
    }

    private func load(_ loading: inout SecretLoading) {
        guard let secret = secrets[key] else {
            if secrets.hasSynced, loading.version != nil {
                loading = SecretLoading(version: nil, problem: "was deleted")
                logger.warning("The serving certificate's Secret was deleted", metadata: ["secret": .stringConvertible(key)])
            }
            return
        }
        guard secret.identity.resourceVersion != loading.version else { return }
        loading = SecretLoading(version: secret.identity.resourceVersion, problem: nil)
        do {
            let certificate = try secret.certificate()
            context.install(certificate)
            guard let leaf = certificate.leaf else { return }
            metrics.loaded(secret: key.name, expiresAt: leaf.notAfter)
            logger.info(
                "Serving certificate loaded",
                metadata: [
                    "secret": .stringConvertible(key), "fingerprint": .string(leaf.fingerprint),
                    "expires": .stringConvertible(leaf.notAfter),
                ])
        } catch {
            loading.problem = "\(error)"
            logger.error(
                "The serving certificate cannot be used, the last good one stays",
                metadata: ["secret": .stringConvertible(key), "error": .string("\(error)")])
        }
    }

    // MARK: The situation

    private func situation(_ loading: SecretLoading) -> CertificateSituation {
        CertificateSituation(
            secretName: "\(key)", failure: failure?.message, secret: knowledge(secrets, secrets[key] != nil),
            problem: loading.problem,
            serving: context.certificate?.chain ?? [],
            references: trusting.map { informer in
                knowledge(
                    informer,
                    informer.all.sorted { $0.identity.key < $1.identity.key }.flatMap { object in
                        object.callers.map {
                            CertificateSituation.Reference(
                                object: "\(informer.resource.kind) \(object.identity.key)", caller: $0,
                                needsBundle: informer.resource != .customResourceDefinitions)
                        }
                    })
            })
    }

    private func knowledge<Object: CachedObject, Value: Sendable>(
        _ informer: Informer<Object>, _ value: Value
    ) -> CertificateSituation.Knowledge<Value> {
        if informer.hasSynced { return .known(value) }
        return reading.isDenied(informer.resource) ? .denied : .unknown
    }
}

extension Readiness.Target {
    func set(_ judgement: CertificateJudgement) {
        if judgement.isReady { setReady(note: judgement.note) } else { set(false, reason: judgement.note ?? "not ready") }
    }
}
