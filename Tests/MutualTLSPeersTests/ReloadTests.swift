import MutualTLSPeers
import PKI
import Testing

/// A node takes new files with its next connection, and keeps the ones it has where the new ones are no good.
@Suite struct ReloadTests {
    @Test func newFilesAreTakenWithoutARestart() async throws {
        let (old, new) = (try Authority("old"), try Authority("new"))
        let nodes = try Nodes()
        let (a, b) = (try await nodes.add("a", old.files("a")), try await nodes.add("b", old.files("b")))
        try await a.call(b)
        try nodes.mounts[0].publish(new.files("a"))
        await #expect(throws: HandshakeFailure.self) { try await a.call(b) }
        try nodes.mounts[1].publish(new.files("b"))
        try await a.call(b)
        try await b.call(a)
        #expect((a.reloads, b.reloads) == (2, 2))
        await nodes.stop()
    }

    @Test func badFilesLeaveTheOldOnesInForce() async throws {
        let authority = try Authority()
        let nodes = try Nodes()
        let (a, b) = (try await nodes.add("a", authority.files("a")), try await nodes.add("b", authority.files("b")))
        try await a.call(b)
        var mixed = try authority.files("a")
        mixed.key = try authority.files("a").key
        try nodes.mounts[0].publish(mixed)
        try await a.call(b)
        try await b.call(a)
        #expect(a.refusals == [.otherKey])
        await nodes.stop()
    }

    @Test func filesMayComeLater() async throws {
        let authority = try Authority()
        let nodes = try Nodes()
        let (a, b) = (try await nodes.add("a", authority.files("a")), try await nodes.add("b", nil))
        await #expect(throws: HandshakeFailure.self) { try await a.call(b) }
        try nodes.mounts[1].publish(authority.files("b"))
        try await a.call(b)
        await nodes.stop()
    }
}
