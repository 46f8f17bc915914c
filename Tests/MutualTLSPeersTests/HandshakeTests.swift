import MutualTLSPeers
import PKI
import Testing

/// Two nodes talk exactly when each accepts the other's certificate under the rules of the runtime.
@Suite struct HandshakeTests {
    private let one = "s-0-0.s-headless.default.svc.cluster.local"
    private let two = "e-0-0.e-headless.default.svc.cluster.local"

    /// - Returns: what became of a call from the first to the second, and of one back.
    private func calls(
        _ first: NodeFiles?, _ second: NodeFiles?, as host: String? = nil
    ) async throws -> [HandshakeFailure?] {
        let nodes = try Nodes()
        let (a, b) = (try await nodes.add(one, first), try await nodes.add(two, second))
        let outcomes = [
            await outcome { () async throws(HandshakeFailure) in try await a.call(b, as: host) },
            await outcome { () async throws(HandshakeFailure) in try await b.call(a) },
        ]
        await nodes.stop()
        return outcomes
    }

    private func outcome(_ body: () async throws(HandshakeFailure) -> Void) async -> HandshakeFailure? {
        do throws(HandshakeFailure) {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test func nodesOfAClusterTalk() async throws {
        let authority = try Authority()
        #expect(try await calls(authority.files(one), authority.files(two)) == [nil, nil])
    }

    @Test func anotherClustersNodeIsRefused() async throws {
        let outcomes = try await calls(Authority("this").files(one), Authority("that").files(two))
        #expect(outcomes.allSatisfy { $0 != nil })
    }

    /// The subject alone makes no authority.
    @Test func strangerWithTheSameSubjectIsRefused() async throws {
        let outcomes = try await calls(Authority().files(one), Authority().files(two))
        #expect(outcomes.allSatisfy { $0 != nil })
    }

    /// What a client trusts is its own affair: the server asks for a certificate, and wants one of its own authority.
    @Test func clientThatTrustsAnybodyIsRefused() async throws {
        let (ours, theirs) = (try Authority(), try Authority())
        let nodes = try Nodes()
        let server = try await nodes.add(one, ours.files(one))
        #expect(await server.isOpen(to: try ours.files(two)))
        #expect(await !server.isOpen(to: nil))
        #expect(await !server.isOpen(to: try theirs.files(two)))
        #expect(await !server.isOpen(to: try ours.files(two, until: .seconds(-60))))
        #expect(await !server.isOpen(to: try ours.files(two, purpose: .server)))
        await nodes.stop()
    }

    /// A bundle of both authorities helps nobody through a change of keys: each node reads its first certificate alone.
    @Test func bundleOfOldAndNewIsNoBridge() async throws {
        let (old, new) = (try Authority("old"), try Authority("new"))
        let outcomes = try await calls(
            old.files(one, trusting: [old.certificate, new.certificate]),
            new.files(two, trusting: [new.certificate, old.certificate]))
        #expect(outcomes.allSatisfy { $0 != nil })
    }

    @Test func expiredAndEarlyCertificatesAreRefused() async throws {
        let authority = try Authority()
        for (from, until) in [(-900, -60), (300, 900)] as [(Int, Int)] {
            let bad = try authority.files(two, from: .seconds(from), until: .seconds(until))
            #expect(try await calls(authority.files(one), bad).allSatisfy { $0 != nil })
        }
    }

    @Test func certificateForAnotherNameIsRefusedByItsCallers() async throws {
        let authority = try Authority()
        let outcomes = try await calls(authority.files(one), authority.files("elsewhere.default.svc.cluster.local"))
        #expect(outcomes[0] != nil)
        // a client has no name to be checked
        #expect(outcomes[1] == nil)
        #expect(try await calls(authority.files(one), authority.files(two), as: "discovery.default.svc")[0] != nil)
    }

    @Test func certificateWithoutBothUsagesIsRefused() async throws {
        let authority = try Authority()
        #expect(try await calls(authority.files(one), authority.files(two, purpose: .client))[0] != nil)
        #expect(try await calls(authority.files(one), authority.files(two, purpose: .server))[1] != nil)
    }

    @Test func nodeWithoutFilesTalksToNobody() async throws {
        #expect(try await calls(Authority().files(one), nil).allSatisfy { $0 != nil })
    }

    /// A renewed authority has the same key and subject: leaves from before and after accept each other.
    @Test func renewedAuthorityIsTheSame() async throws {
        let old = try Authority()
        let new = try Authority(key: old.key)
        #expect(old.certificate != new.certificate)
        #expect(try await calls(old.files(one), new.files(two)) == [nil, nil])
    }
}
