import MutualTLSPeers
import PKI
import Testing

/// Files that do not fit together are not taken, and each says why.
@Suite struct CredentialTests {
    private func refusal(_ files: NodeFiles) -> NodeCredentials.Refusal? {
        do throws(NodeCredentials.Refusal) {
            _ = try NodeCredentials(files)
            return nil
        } catch {
            return error
        }
    }

    @Test func firstAuthorityOfTheFileCounts() throws {
        let (old, new) = (try Authority("old"), try Authority("new"))
        #expect(refusal(try new.files("a", trusting: [new.certificate, old.certificate])) == nil)
        #expect(refusal(try new.files("a", trusting: [old.certificate, new.certificate])) == .otherIssuer)
    }

    @Test func sameSubjectWithAnotherKeyIsNoIssuer() throws {
        #expect(refusal(try Authority().files("a", trusting: [Authority().certificate])) == .badSignature)
    }

    @Test func missingAndForeignPartsAreNamed() throws {
        let authority = try Authority()
        let (good, other) = (try authority.files("a"), try authority.files("a"))
        #expect(refusal(good) == nil)
        #expect(refusal(NodeFiles(authority: [], certificate: good.certificate, key: good.key)) == .noAuthority)
        #expect(refusal(NodeFiles(authority: good.authority, certificate: [], key: good.key)) == .noCertificate)
        #expect(
            refusal(NodeFiles(authority: good.authority, certificate: good.certificate, key: Array(good.key.dropLast(60))))
                == .noKey)
        #expect(refusal(NodeFiles(authority: good.authority, certificate: good.certificate, key: other.key)) == .otherKey)
    }
}
