import JSON
import KubernetesModel
import PKI
import Testing

@testable import CertManager

/// What is remembered of an issued certificate is what a look at its Secret would find, and there is never more of it than asked for.
struct MemoTests {
    private static let now = World.start

    private static func issue() throws -> (pair: KeyPair, authority: KeyPair) {
        let authority = try KeyPair.root(name: "root", key: nil, .authority, now: now)
        return (try authority.issue(name: "node", .peer, [.dns("a.b.svc")], .leaf, now: now), authority)
    }

    @Test func sameAsALook() throws {
        let (pair, authority) = try Self.issue()
        let files = try pair.issuedFiles(authority: authority.certificate)
        #expect(LeafMemo.shared.content(of: files) == LeafContent(TLSData(files)))
        #expect(LeafContent(TLSData(files)).summary != nil)
    }

    /// Every member counts.
    @Test func anotherContent() throws {
        let (pair, authority) = try Self.issue()
        let (other, otherAuthority) = try Self.issue()
        let files = try pair.issuedFiles(authority: authority.certificate)
        for (member, value) in [
            (\TLSText.key, try other.files(authority: authority.certificate).key),
            (\.authority, try other.files(authority: otherAuthority.certificate).authority),
            (\.certificate, String(files.certificate.dropLast(40))),
        ] as [(WritableKeyPath<TLSText, String>, String)] {
            var changed = files
            changed[keyPath: member] = value
            #expect(LeafMemo.shared.content(of: changed).summary == nil)
        }
    }

    @Test func oldestGo() throws {
        let memo = LeafMemo(capacity: 3)
        for number in 0..<10 {
            var text = TLSText()
            text.key = "\(number)"
            for _ in 0..<2 { #expect(memo.content(of: text) == .broken(.unreadable)) }
        }
        #expect(memo.count == 3)
    }
}
