import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// Applying against an API in the same process.
@Suite struct ApplierTests {
    private let cluster = Cluster()
    private let applier: Applier
    private let key = ObjectKey(namespace: "default", name: "taxi")
    private let owner = Owner(name: "owner", uid: "11111111-0000-0000-0000-000000000001")
    private let writes = Recorded<String>()

    struct Owner {
        var name: String
        var uid: String

        var reference: JSONValue {
            [
                "apiVersion": "spice.ai/v2", "kind": "SpicepodSet", "name": .string(name), "uid": .string(uid), "controller": true,
                "blockOwnerDeletion": true,
            ]
        }
    }

    init() {
        applier = Applier(client: cluster.client(), controller: "test")
        cluster.server.faults.audit { [writes] line in
            if !line.contains(#""verb":"get""#) { writes.append(line) }
        }
    }

    private func desired(_ data: JSONValue, owner: Owner? = nil) -> DesiredObject {
        let owner = owner ?? self.owner
        return DesiredObject(
            resource: .configMaps, key: key,
            object: [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": "taxi", "namespace": "default", "ownerReferences": [owner.reference]], "data": data,
            ])
    }

    /// What a cache would hold of an object.
    private func live(_ object: JSONValue?) -> LiveChild? {
        object.map { object in
            let owners = object[path: "metadata", "ownerReferences"]?.arrayValue ?? []
            return LiveChild(
                uid: object[path: "metadata", "uid"]?.stringValue ?? "",
                resourceVersion: object[path: "metadata", "resourceVersion"]?.stringValue ?? "",
                controllerUID: owners.first { $0["controller"] == true }?["uid"]?.stringValue,
                owned: OwnedFields.digest(of: object, manager: "spice-test"))
        }
    }

    private func stored() async throws -> JSONValue { try await cluster.client().get(.configMaps, key) }

    /// Made once, then nothing is sent while nothing changes, whoever else adds fields of their own.
    @Test func sendsOnlyChanges() async throws {
        let made = try await applier.apply(desired(["a": "1"]), live: nil, owner: owner.uid)
        #expect(writes.all.count == 1)
        #expect(try await applier.apply(desired(["a": "1"]), live: live(made), owner: owner.uid) == nil)

        let others = try await cluster.client("somebody").patch(.configMaps, key, .merge(["data": ["theirs": "x"]]))
        let before = writes.all.count
        #expect(try await applier.apply(desired(["a": "1"]), live: live(others), owner: owner.uid) == nil)
        #expect(writes.all.count == before)

        let changed = try #require(try await applier.apply(desired(["a": "2"]), live: live(others), owner: owner.uid))
        #expect(changed["data"] == ["a": "2", "theirs": "x"])
    }

    /// A field that somebody else changed or removed is ours again with the next pass.
    @Test func restoresDrift() async throws {
        _ = try await applier.apply(desired(["a": "1", "b": "2"]), live: nil, owner: owner.uid)
        let drifted = try await cluster.client("somebody").patch(.configMaps, key, .merge(["data": ["a": "9", "b": .null]]))
        let restored = try #require(try await applier.apply(desired(["a": "1", "b": "2"]), live: live(drifted), owner: owner.uid))
        #expect(restored["data"] == ["a": "1", "b": "2"])
    }

    /// A cache that has not seen the object yet costs a read, no second write.
    @Test func aStaleCacheWritesNothing() async throws {
        _ = try await applier.apply(desired(["a": "1"]), live: nil, owner: owner.uid)
        let again = try await applier.apply(desired(["a": "1"]), live: nil, owner: owner.uid)
        #expect(again?["data"] == ["a": "1"], "the cache is told what is there")
        #expect(writes.all.count == 1)
    }

    /// An object that somebody else made, with or without an owner, is never written to, and the failure says whose it is.
    @Test(arguments: [true, false]) func leavesForeignObjectsAlone(hasOwner: Bool) async throws {
        let other = Owner(name: "other", uid: "22222222-0000-0000-0000-000000000001")
        var theirs: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "taxi", "namespace": "default"], "data": ["a": "theirs"],
        ]
        if hasOwner { theirs[path: "metadata", "ownerReferences"] = [other.reference] }
        let made = try await cluster.client("somebody").create(.configMaps, theirs)
        let before = writes.all.count
        for seen in [nil, live(made)] {
            let failure = await #expect(throws: ApplyFailure.self) {
                try await applier.apply(desired(["a": "1"]), live: seen, owner: owner.uid)
            }
            if hasOwner { #expect("\(failure as Any)".contains("SpicepodSet other")) }
            #expect("\(failure as Any)".contains("ConfigMap default/taxi"))
        }
        #expect(writes.all.count == before)
        #expect(try await stored() == made)
    }

    /// An object that somebody else makes between our look and our write is a conflict, not overwritten.
    @Test func losesTheRaceForAName() async throws {
        let theirs: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "taxi", "namespace": "default"], "data": ["a": "theirs"],
        ]
        let made = try await cluster.client("somebody").create(.configMaps, theirs)
        let looks = Shared(0)
        cluster.server.faults.intercept { request in
            guard request.method == .get,
                looks.change({
                    $0 += 1; return $0
                }) == 1
            else { return nil }
            let status: JSONValue = ["kind": "Status", "reason": "NotFound", "code": 404, "message": "not found"]
            return HTTPResponse(status: 404, headers: HTTPHeaders([]), body: status.serialized())
        }
        await #expect(throws: ApplyFailure.self) { try await applier.apply(desired(["a": "1"]), live: nil, owner: owner.uid) }
        cluster.server.faults.intercept(nil)
        #expect(try await stored()["data"] == made["data"])
        #expect(try await stored()[path: "metadata", "ownerReferences"] == nil)
    }

    /// What is left of an owner of the same name waits for the garbage collector; it is neither taken nor called foreign.
    @Test func waitsForAPredecessor() async throws {
        let predecessor = Owner(name: "owner", uid: "33333333-0000-0000-0000-000000000001")
        let old = try await applier.apply(desired(["a": "1"], owner: predecessor), live: nil, owner: predecessor.uid)
        let before = writes.all.count
        await #expect(throws: ReconcileError.self) {
            try await applier.apply(desired(["a": "1"]), live: live(old), owner: owner.uid)
        }
        #expect(writes.all.count == before)
    }

    /// What we made and lost by `--cascade=orphan` is taken up again.
    @Test func takesUpOrphans() async throws {
        _ = try await applier.apply(desired(["a": "1"]), live: nil, owner: owner.uid)
        let orphan = try await cluster.client("gc").patch(.configMaps, key, .merge(["metadata": ["ownerReferences": .null]]))
        let successor = Owner(name: "owner", uid: "44444444-0000-0000-0000-000000000001")
        _ = try await applier.apply(desired(["a": "1"], owner: successor), live: live(orphan), owner: successor.uid)
        let owners = try await stored()[path: "metadata", "ownerReferences"]?.arrayValue
        #expect(owners == [successor.reference])
    }

    /// A change that cannot be made in place, one that is refused, and one that is forbidden are told apart.
    @Test func namesFailures() async throws {
        var fixed = desired(["a": "1"])
        fixed.object["immutable"] = true
        let made = try await applier.apply(fixed, live: nil, owner: owner.uid)
        fixed.object[path: "data", "a"] = "2"
        let immutable = await failure { try await applier.apply(fixed, live: live(made), owner: owner.uid) }
        guard case .immutable(_, key, _)? = immutable else { return failed("\(immutable as Any)") }

        var wrong = fixed
        wrong.object[path: "data", "a"] = "1"
        wrong.object[path: "metadata", "labels"] = ["bad label!": "x"]
        let rejected = await failure { try await applier.apply(wrong, live: live(made), owner: owner.uid) }
        guard case .rejected(_, key, _)? = rejected else { return failed("\(rejected as Any)") }

        cluster.server.faults.intercept { _ in
            let status: JSONValue = ["kind": "Status", "reason": "Forbidden", "code": 403, "message": "no"]
            return HTTPResponse(status: 403, headers: HTTPHeaders([]), body: status.serialized())
        }
        let forbidden = await failure { try await applier.apply(desired(["a": "3"]), live: live(made), owner: owner.uid) }
        guard case .forbidden(_, key, _)? = forbidden else { return failed("\(forbidden as Any)") }
    }

    /// Deleting what is gone, or another object by now, is done already.
    @Test func deletesOnce() async throws {
        let made = try #require(try await applier.apply(desired(["a": "1"]), live: nil, owner: owner.uid))
        let uid = made[path: "metadata", "uid"]?.stringValue ?? ""
        #expect(try await applier.delete(.configMaps, key, uid: "55555555-0000-0000-0000-000000000001") == nil)
        #expect(try await stored()["data"] == ["a": "1"])
        #expect(try await applier.delete(.configMaps, key, uid: uid) == nil)
        #expect(try await applier.delete(.configMaps, key, uid: uid) == nil)
        await #expect(throws: APIError.self) { try await stored() }
    }

    private func failure(_ body: () async throws -> JSONValue?) async -> ApplyFailure? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? ApplyFailure
        }
    }

    private func failed(_ what: String) { Issue.record("not the failure expected: \(what)") }
}
