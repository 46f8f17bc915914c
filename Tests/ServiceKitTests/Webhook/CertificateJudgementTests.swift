import KubernetesModel
import PKI
import Testing

@testable import ServiceKit

/// Ready means that the API server would trust this replica's webhooks; each thing that is missing is named.
@Suite struct CertificateJudgementTests {
    private let issuer: Issuer
    private let stranger: Issuer

    init() throws {
        (issuer, stranger) = (try Issuer("a"), try Issuer("b"))
    }

    private func situation(
        serving: Issuer.Pair? = nil, secret: Bool = true,
        _ references: [CertificateSituation.Reference] = []
    ) throws -> CertificateSituation {
        CertificateSituation(
            secretName: "ns/tls", secret: .known(secret), serving: try serving.map { try Certificate.all(pem: $0.chain) } ?? [],
            references: [.known(references)])
    }

    private func configuration(_ bundle: [UInt8], host: String? = nil) -> CertificateSituation.Reference {
        .init(
            object: "ValidatingWebhookConfiguration v", caller: .init(path: "webhooks[0]", bundle: bundle, host: host),
            needsBundle: true)
    }

    private func crd(_ bundle: [UInt8]) -> CertificateSituation.Reference {
        .init(
            object: "CustomResourceDefinition c", caller: .init(path: "spec.conversion.webhook", bundle: bundle),
            needsBundle: false)
    }

    private func judge(_ situation: CertificateSituation, at now: Timestamp = .hours(0)) -> CertificateJudgement {
        situation.judgement(at: now)
    }

    @Test func nothingInstalledIsReady() throws {
        #expect(judge(try situation(secret: false)) == .ready("webhooks are not installed"))
        #expect(judge(try situation(secret: false, [crd([])])) == .ready("webhooks are not installed"))
        var denied = try situation(secret: false)
        (denied.secret, denied.references) = (.denied, [.denied])
        #expect(judge(denied).isReady)
    }

    /// Another service on a developer's machine has the port: that is no matter until somebody calls.
    @Test func missingServerMattersWhereWebhooksAreInstalled() throws {
        var idle = try situation(secret: false)
        idle.failure = "cannot listen"
        #expect(judge(idle).isReady)
        var called = try situation(serving: try issuer.issue(), [configuration(try issuer.bundle)])
        called.failure = "cannot listen"
        #expect(judge(called) == .waiting("webhooks are not served: cannot listen"))
    }

    @Test func whatIsNotReadYetIsWaitedFor() throws {
        var unread = try situation(serving: try issuer.issue(), [configuration(try issuer.bundle)])
        unread.references.append(.unknown)
        #expect(!judge(unread).isReady)
        unread.references = []
        unread.secret = .unknown
        #expect(!judge(unread).isReady)
    }

    @Test func missingSecretIsNamed() throws {
        for reference in [configuration([]), configuration(try issuer.bundle), crd(try issuer.bundle)] {
            let judgement = judge(try situation(secret: false, [reference]))
            #expect(!judgement.isReady)
            #expect(judgement.note == "the Secret ns/tls does not exist; cert-manager makes it")
        }
        var denied = try situation([configuration([])])
        denied.secret = .denied
        #expect(judge(denied).note == "may not read the Secret ns/tls; grant list and watch on it")
    }

    @Test func brokenSecretIsNamed() throws {
        var broken = try situation()
        broken.problem = "tls.key: is missing"
        #expect(judge(broken) == .waiting("Secret ns/tls: tls.key: is missing"))
    }

    /// The last good certificate goes on serving.
    @Test func brokenSecretBehindAGoodCertificateIsARemark() throws {
        var broken = try situation(serving: try issuer.issue(), [configuration(try issuer.bundle)])
        broken.problem = "tls.key: is missing"
        #expect(judge(broken) == .ready("Secret ns/tls: tls.key: is missing; the last good certificate is used"))
    }

    @Test func trustedChainIsReady() throws {
        let references = [configuration(try issuer.bundle), crd(try issuer.bundle), crd([])]
        #expect(judge(try situation(serving: try issuer.issue(), references)) == .ready())
        #expect(
            judge(try situation(serving: try issuer.issue(), [configuration(try stranger.bundle + issuer.bundle)])) == .ready())
    }

    @Test func certificateWithoutCallersIsReady() throws {
        #expect(judge(try situation(serving: try issuer.issue())) == .ready("no webhook configuration points here"))
    }

    @Test func everyBundleMustTrustIt() throws {
        let good = configuration(try issuer.bundle)
        for bad in [
            configuration(try stranger.bundle), crd(try stranger.bundle), configuration(Array("x".utf8)), configuration([]),
        ] {
            let judgement = judge(try situation(serving: try issuer.issue(), [good, bad, good]))
            #expect(!judgement.isReady)
            #expect(judgement.note?.hasPrefix(bad.object) == true)
        }
    }

    @Test func timeIsLookedAt() throws {
        let serving = try issuer.issue(from: .hours(1), until: .hours(2))
        let situation = try situation(serving: serving, [configuration(try issuer.bundle)])
        #expect(!judge(situation, at: .hours(0)).isReady)
        #expect(judge(situation, at: .hours(1) + .seconds(60)).isReady)
        #expect(!judge(situation, at: .hours(3)).isReady)
        // The certificate's own times count without any bundle as well.
        #expect(!judge(try self.situation(serving: serving), at: .hours(3)).isReady)
    }

    @Test func clientCertificateDoesNotServe() throws {
        #expect(!judge(try situation(serving: try issuer.issue(purpose: .client), [configuration(try issuer.bundle)])).isReady)
    }

    @Test func foreignHostIsARemark() throws {
        let judgement = judge(
            try situation(serving: try issuer.issue(), [configuration(try issuer.bundle, host: "hook.spice.svc")]))
        #expect(judgement.isReady)
        #expect(judgement.note?.contains("hook.spice.svc") == true)
    }
}
