import KubernetesModel
import PKI
import Testing

/// A chain is trusted where the API server would trust it, and refused with the reason elsewhere.
@Suite struct VerificationTests {
    private func verify(_ chain: [Certificate], _ roots: [Certificate], at time: Timestamp = noon) throws {
        try Certificate.verifyServer(chain, roots: roots, at: time)
    }

    @Test func leafOfATrustedAuthority() throws {
        let authority = try Authority()
        let leaf = try authority.issue(.sample(.server)).certificate
        try verify([leaf], [authority.certificate])
        try verify([leaf, authority.certificate], [authority.certificate])
        try verify([try authority.issue(.sample(.peer)).certificate], [authority.certificate])
    }

    /// While a CA is replaced, the bundle holds the old one and the new one.
    @Test func anyRootOfTheBundleDoes() throws {
        let (old, new) = (try Authority(name: "old"), try Authority(name: "new"))
        let leaf = try new.issue(.sample(.server)).certificate
        try verify([leaf], [old.certificate, new.certificate])
    }

    @Test func leafInTheBundleIsTrusted() throws {
        let key = try PrivateKey.generate()
        let leaf = try Certificate.selfSigned(.sample(.server), key: key)
        try verify([leaf], [leaf])
    }

    @Test func strangersLeafIsRefused() throws {
        let leaf = try Authority().issue(.sample(.server)).certificate
        // The same name, another key.
        let error = try #require(throws: PKIError.self) { try verify([leaf], [try Authority().certificate]) }
        #expect(error.code == .untrusted)
        #expect(throws: PKIError.self) { try verify([leaf], []) }
        #expect(throws: PKIError.self) { try verify([], [try Authority().certificate]) }
    }

    @Test func clientCertificateIsRefused() throws {
        let authority = try Authority()
        let leaf = try authority.issue(.sample(.client)).certificate
        let error = try #require(throws: PKIError.self) { try verify([leaf], [authority.certificate]) }
        #expect(error.message.contains("purpose"))
    }

    @Test func timeIsLookedAt() throws {
        let authority = try Authority()
        let leaf = try authority.issue(.sample(.server)).certificate
        #expect(throws: PKIError(.untrusted, "certificate has expired")) {
            try verify([leaf], [authority.certificate], at: noon + .seconds(3601))
        }
        #expect(throws: PKIError(.untrusted, "certificate is not yet valid")) {
            try verify([leaf], [authority.certificate], at: noon + .seconds(-3601))
        }
    }

    @Test func expiredAuthorityIsRefused() throws {
        let authority = try Authority(until: .seconds(60))
        let leaf = try authority.issue(.sample(.server)).certificate
        #expect(throws: PKIError.self) { try verify([leaf], [authority.certificate], at: noon + .seconds(61)) }
    }

    /// A leaf cannot sign.
    @Test func leafIsNoAuthority() throws {
        let authority = try Authority()
        let (middle, middleKey) = try authority.issue(.sample(.server, name: "middle"))
        let leaf = try middle.issue(.sample(.server), key: try PrivateKey.generate(), issuerKey: middleKey)
        #expect(throws: PKIError.self) { try verify([leaf, middle], [authority.certificate]) }
    }
}
