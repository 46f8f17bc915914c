import JSON
import KubernetesModel
import Testing

@testable import ControllerRuntime

/// A list that was taken before a Lease was won tells nothing against it: the holder asks, and goes on working.
@Suite struct LateListTests {
    private let wall = Timestamp(unixSeconds: 1_800_000_000)

    private func won() throws -> LeaseGroup {
        var group = LeaseGroup(namespace: "system", name: "controller", slices: 1, identity: "me", timing: LeaseTiming(), seed: 7)
        var actions = group.step(.tick, now: .zero, wall: wall)
        guard case .read(let name, let read)? = actions.first else { throw Unexpected(actions: "\(actions)") }
        actions = group.step(.answer(name: name, .read(nil, request: read)), now: .zero, wall: wall)
        guard case .write(let lease, let write)? = actions.first else { throw Unexpected(actions: "\(actions)") }
        var object = lease.object
        object[path: "metadata", "resourceVersion"] = "11"
        actions = group.step(.answer(name: name, .written(Lease(object: object), request: write)), now: .zero, wall: wall)
        guard case .gained? = actions.first else { throw Unexpected(actions: "\(actions)") }
        return group
    }

    private struct Unexpected: Error { var actions: String }

    @Test func holds() throws {
        var group = try won()
        let actions = group.step(.listed(names: []), now: .milliseconds(1), wall: wall)
        #expect(group.heldUntil(0) != nil)
        for action in actions { if case .lost = action { Issue.record("lost") } }
    }

    /// Where it is gone indeed, the answer says so.
    @Test func losesWhatIsGone() throws {
        var group = try won()
        var actions = group.step(.listed(names: []), now: .milliseconds(1), wall: wall)
        let due = try #require(group.nextDeadline(.milliseconds(2)))
        actions += group.step(.tick, now: due, wall: wall)
        let reads = actions.compactMap { if case .read(let name, let request) = $0 { (name, request) } else { nil } }
        let (name, request) = try #require(reads.first)
        let answer = group.step(.answer(name: name, .read(nil, request: request)), now: due, wall: wall)
        #expect(answer.contains { if case .lost = $0 { true } else { false } })
    }
}
