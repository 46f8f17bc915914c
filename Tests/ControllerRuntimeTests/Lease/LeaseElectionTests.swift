import JSON
import KubernetesModel
import Testing

@testable import ControllerRuntime

/// One replica against scripted observations.
@Suite struct LeaseElectionTests {
    private var election = LeaseElection(
        blank: Lease(namespace: "system", name: "controller-0", labels: [:]), identity: "me", timing: LeaseTiming(), seed: 7)
    private let wall = Timestamp(unixSeconds: 1_800_000_000)

    private mutating func step(_ input: LeaseElection.Input, _ seconds: Double) -> [LeaseElection.Action] {
        election.step(input, now: .seconds(seconds), wall: wall + .seconds(seconds))
    }

    /// A Lease of somebody else, as the server has it.
    private func lease(holder: String, version: Int, renewed: Timestamp? = nil, duration: Duration = .seconds(35)) -> Lease {
        let lease = Lease(namespace: "system", name: "controller-0", labels: [:])
            .acquired(by: holder, duration: duration, wall: renewed ?? wall)
        return stored(lease, version)
    }

    private func stored(_ lease: Lease, _ version: Int) -> Lease {
        var object = lease.object
        object[path: "metadata", "resourceVersion"] = .string("\(version)")
        return Lease(object: object)
    }

    private func write(_ actions: [LeaseElection.Action]) throws -> (lease: Lease, request: Int) {
        for case .write(let lease, let request) in actions { return (lease, request) }
        throw NoWrite(actions: "\(actions)")
    }

    private struct NoWrite: Error { var actions: String }

    /// A Lease that nobody has made is made, with the standard fields.
    @Test mutating func createsAMissingLease() throws {
        let first = election.campaign(now: .zero, wall: wall)
        guard case .read(let read)? = first.first else { throw NoWrite(actions: "\(first)") }
        let (wish, request) = try write(step(.read(nil, request: read), 0.1))
        #expect(wish.resourceVersion.isEmpty)
        #expect(wish.holder == "me")
        #expect(wish.duration == .seconds(35))
        #expect(wish.acquireTime == wall + .milliseconds(100))
        #expect(wish.transitions == 0)
        #expect(step(.written(stored(wish, 11), request: request), 0.2).contains { $0.isAcquired })
        #expect(election.heldUntil == .milliseconds(30_100), "counted from when the request was sent")
    }

    /// Another's lease is taken over when it was *seen* unchanged for its duration; what its wall clock says does not count.
    @Test mutating func waitsOutAnother() throws {
        let other = lease(holder: "other", version: 10, renewed: Timestamp(unixSeconds: 0))
        _ = election.campaign(now: .zero, wall: wall)
        #expect(step(.read(other, request: 1), 1).isEmpty)
        #expect(election.nextDeadline(.seconds(1)) == .seconds(36))
        #expect(step(.tick, 35.9).isEmpty)
        let (wish, _) = try write(step(.tick, 36))
        #expect(wish.resourceVersion == "10")
        #expect(wish.transitions == 1)
    }

    /// Every renewal that is seen starts the wait anew.
    @Test mutating func seesRenewals() throws {
        _ = election.campaign(now: .zero, wall: wall)
        _ = step(.read(lease(holder: "other", version: 10), request: 1), 0)
        #expect(step(.watched(lease(holder: "other", version: 11)), 20).isEmpty)
        #expect(step(.tick, 40).isEmpty)
        _ = try write(step(.tick, 55))
    }

    /// A lease let go of is taken at once, as soon as the watch tells.
    @Test mutating func takesWhatIsReleased() throws {
        _ = election.campaign(now: .zero, wall: wall)
        _ = step(.read(lease(holder: "other", version: 10), request: 1), 0)
        let released = stored(lease(holder: "other", version: 10).released(wall: wall), 11)
        let (wish, _) = try write(step(.watched(released), 7))
        #expect(wish.holder == "me")
        #expect(wish.transitions == 1)
    }

    /// It is renewed every few seconds; the acquire time and the transitions stay.
    @Test mutating func renews() throws {
        let held = try hold()
        let due = try #require(election.nextDeadline(.seconds(0)))
        #expect((.milliseconds(4500)...(.milliseconds(5500))).contains(due))
        let (wish, request) = try write(step(.tick, 5.5))
        #expect(wish.resourceVersion == "11")
        #expect(wish.acquireTime == held.acquireTime)
        #expect(wish.transitions == held.transitions)
        #expect(step(.written(stored(wish, 12), request: request), 5.6).isEmpty)
        #expect(election.heldUntil == .milliseconds(35_500))
    }

    /// Without an answer the holder stops at its deadline, not when an attempt happens to end.
    @Test mutating func stopsAtTheDeadline() throws {
        _ = try hold()
        var lost: Double?
        for tenth in 0..<400 where lost == nil {
            if step(.tick, Double(tenth) / 10).contains(where: { $0.isLost }) { lost = Double(tenth) / 10 }
        }
        #expect(lost == 30)
        #expect(election.heldUntil == nil)
    }

    /// An answer that comes after its attempt was given up is not believed.
    @Test mutating func ignoresLateAnswers() throws {
        _ = try hold()
        let (wish, request) = try write(step(.tick, 5.5))
        _ = step(.tick, 10.5)
        _ = step(.written(stored(wish, 12), request: request), 29)
        #expect(election.heldUntil == .seconds(30))
    }

    /// A conflict leads to a look; a lease that is still ours is renewed, nothing is lost by it.
    @Test mutating func looksAfterAConflict() throws {
        let held = try hold()
        let (_, request) = try write(step(.tick, 5.5))
        let actions = step(.refused(request: request), 5.6)
        guard case .read(let read)? = actions.first else { throw NoWrite(actions: "\(actions)") }
        let (wish, _) = try write(step(.read(stored(held, 13), request: read), 5.7))
        #expect(wish.resourceVersion == "13")
        #expect(election.heldUntil == .seconds(30))
    }

    /// The lease in another's hands is lost at once, also when the other one uses our name.
    @Test(arguments: ["other", "me"]) mutating func stepsDown(holder: String) throws {
        _ = try hold()
        let taken = lease(holder: holder, version: 20, renewed: wall + .seconds(400))
        #expect(step(.watched(taken), 3).contains { $0.isLost })
        #expect(election.heldUntil == nil)
        #expect(step(.tick, 20).isEmpty, "it is the other's now")
    }

    /// The lease of this replica's process before a crash is taken up again without waiting.
    @Test mutating func takesUpItsOwn() throws {
        _ = election.campaign(now: .zero, wall: wall)
        let (wish, _) = try write(step(.read(lease(holder: "me", version: 10), request: 1), 0.1))
        #expect(wish.transitions == 0)
    }

    /// Old news from a watch that lags does not undo what was written since.
    @Test mutating func ignoresOldNews() throws {
        _ = try hold()
        #expect(step(.watched(lease(holder: "other", version: 9)), 1).isEmpty)
        #expect(election.heldUntil == .seconds(30))
    }

    /// Withdrawing lets go of the lease, and work ends before it does.
    @Test mutating func releases() throws {
        _ = try hold()
        let actions = election.withdraw(now: .seconds(1), wall: wall)
        #expect(actions.first?.isLost == true)
        let (wish, request) = try write(actions)
        #expect(wish.holder.isEmpty)
        #expect(wish.duration == .seconds(1))
        #expect(step(.written(stored(wish, 12), request: request), 1.1).isEmpty)
        #expect(!election.isBusy)
        #expect(step(.tick, 100).isEmpty)
    }

    /// A campaign given up while its write is under way lets go of what it wins by it.
    @Test mutating func releasesWhatItWinsTooLate() throws {
        _ = election.campaign(now: .zero, wall: wall)
        let (wish, request) = try write(step(.read(nil, request: 1), 0))
        #expect(election.withdraw(now: .seconds(0.1), wall: wall).isEmpty)
        let (release, _) = try write(step(.written(stored(wish, 11), request: request), 0.2))
        #expect(release.holder.isEmpty)
        #expect(election.heldUntil == nil)
    }

    private mutating func hold() throws -> Lease {
        _ = election.campaign(now: .zero, wall: wall)
        let (wish, request) = try write(step(.read(nil, request: 1), 0))
        let held = stored(wish, 11)
        #expect(step(.written(held, request: request), 0).contains { $0.isAcquired })
        return held
    }
}

extension LeaseElection.Action {
    fileprivate var isAcquired: Bool {
        if case .acquired = self { true } else { false }
    }

    fileprivate var isLost: Bool {
        if case .lost = self { true } else { false }
    }
}
