import PKI
import Testing

/// Who issued a certificate is told by name and key together, and outlives the renewal of the issuer.
@Suite struct IssuerTests {
    @Test func theIssuerIsKnown() throws {
        let authority = try Authority()
        let leaf = try authority.issue(.sample(.peer)).certificate
        #expect(leaf.isIssued(by: authority.certificate))
        #expect(!authority.certificate.isIssued(by: leaf))
        // the same name with another key, and the same key with another name
        #expect(!leaf.isIssued(by: try Authority().certificate))
        let renamed = try Certificate.selfSigned(.sample(.authority, name: "other"), key: authority.key)
        #expect(!leaf.isIssued(by: renamed))
        #expect(renamed.authorityIdentifier != authority.certificate.authorityIdentifier)
    }

    @Test func anAuthorityRenewedWithItsKeyStaysWhoItIs() throws {
        let old = try Authority()
        let renewed = try Certificate.selfSigned(.sample(.authority, name: "authority", until: .seconds(99999)), key: old.key)
        let (before, after) = (
            try old.issue(.sample(.peer)).certificate,
            try renewed.issue(.sample(.peer), key: try PrivateKey.generate(), issuerKey: old.key)
        )
        #expect(renewed != old.certificate)
        #expect(renewed.authorityIdentifier == old.certificate.authorityIdentifier)
        #expect(before.isIssued(by: renewed) && after.isIssued(by: old.certificate))
        #expect(try Authority().certificate.authorityIdentifier != old.certificate.authorityIdentifier)
    }

    @Test func hostsBecomeNames() {
        #expect(SubjectName(host: "a.example") == .dns("a.example"))
        #expect(SubjectName(host: "10.0.0.1") == .address([10, 0, 0, 1]))
        #expect(SubjectName(host: "[::1]") == .address([UInt8](repeating: 0, count: 15) + [1]))
        for text in ["", "a b", "häuser", "a..b", "[::1", "a/b", "*.example.com"] { #expect(SubjectName(host: text) == nil) }
    }
}
