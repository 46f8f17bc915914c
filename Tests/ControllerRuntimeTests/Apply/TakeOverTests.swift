import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Testing

@testable import ControllerRuntime

/// An object of ours that another field manager made becomes what the intent says and no more; a plain apply would leave what
/// the other one owns. From then on it is applied as any other.
@Suite struct TakeOverTests {
    private let cluster = Cluster()
    private let applier: Applier
    private let key = ObjectKey(namespace: "default", name: "taxi")
    private let owner = "11111111-0000-0000-0000-000000000001"

    init() {
        applier = Applier(client: cluster.client(), controller: "test")
    }

    private var reference: JSONValue {
        ["apiVersion": "spice.ai/v2", "kind": "SpicepodSet", "name": "taxi", "uid": .string(owner), "controller": true]
    }

    private func deployment(_ container: String, env: [String], owners: JSONValue) -> JSONValue {
        let variables = env.map { JSONValue.object(["name": .string($0), "value": "1"]) }
        return [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "taxi", "namespace": "default", "ownerReferences": owners],
            "spec": [
                "replicas": 1, "selector": ["matchLabels": ["app": "taxi"]],
                "template": [
                    "metadata": ["labels": ["app": "taxi"]],
                    "spec": ["containers": [["name": .string(container), "image": "i", "env": .array(variables)]]],
                ],
            ],
        ]
    }

    /// As an earlier version made it: no server-side apply, other names, fields that we do not set.
    private func legacy(owned: Bool = true) -> JSONValue {
        var object = deployment("legacy", env: ["OLD"], owners: owned ? [reference] : [])
        object[path: "metadata", "annotations"] = ["theirs": "x"]
        object[path: "spec", "template", "spec", "hostNetwork"] = true
        object[path: "spec", "strategy"] = ["type": "Recreate"]
        return object
    }

    private func desired(env: [String] = ["A", "B"], takesOver: Bool = true) -> DesiredObject {
        var object = deployment("spiced", env: env, owners: [reference])
        object[path: "spec", "strategy"] = ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]]
        var desired = DesiredObject(resource: .deployments, key: key, object: object)
        desired.takesOver = takesOver
        return desired
    }

    private func live(_ object: JSONValue) -> LiveChild {
        LiveChild(
            uid: object[path: "metadata", "uid"]?.stringValue ?? "",
            resourceVersion: object[path: "metadata", "resourceVersion"]?.stringValue ?? "", controllerUID: owner,
            owned: OwnedFields.digest(of: object, manager: "spice-test"))
    }

    private func stored() async throws -> JSONValue { try await cluster.client().get(.deployments, key) }

    private func expectIntent(_ object: JSONValue, env: [String]) {
        let pod = object[path: "spec", "template", "spec"]
        #expect(pod?["containers"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["spiced"])
        #expect(pod?["containers"]?[0]?["env"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? [] == env)
        #expect(pod?["hostNetwork"] == nil)
        #expect(object[path: "spec", "strategy", "type"] == "RollingUpdate")
        #expect(object[path: "metadata", "annotations"]?["theirs"] == "x", "metadata of others stays theirs")
    }

    @Test func replacesTheSpec() async throws {
        let made = try await cluster.client("legacy-operator").create(.deployments, legacy())
        let taken = try #require(try await applier.apply(desired(), live: live(made), owner: owner))
        expectIntent(taken, env: ["A", "B"])
        #expect(taken[path: "metadata", "uid"] == made[path: "metadata", "uid"])
        #expect(OwnedFields.owns("spec", "template", of: taken, manager: "spice-test"))
        #expect(!OwnedFields.owns("spec", "template", of: made, manager: "spice-test"))

        let plain = desired(env: ["B"], takesOver: false)
        expectIntent(try #require(try await applier.apply(plain, live: live(taken), owner: owner)), env: ["B"])
        #expect(try await applier.apply(plain, live: live(try await stored()), owner: owner) == nil, "nothing is left to write")
    }

    /// Also where we owned a part already, and others through `scale`.
    @Test func takesFromEverybody() async throws {
        _ = try await cluster.client("legacy-operator").create(.deployments, legacy())
        let note: JSONValue = [
            "metadata": ["annotations": ["ours": "1"], "ownerReferences": [reference]], "spec": ["replicas": 1],
        ]
        _ = try await cluster.client().apply(.deployments, key, note, force: true)
        let patch: JSONValue = ["spec": ["template": ["spec": ["priorityClassName": "high"]]]]
        _ = try await cluster.client("kubectl-edit").patch(.deployments, key, .merge(patch))
        let taken = try #require(try await applier.apply(desired(), live: live(try await stored()), owner: owner))
        expectIntent(taken, env: ["A", "B"])
        #expect(taken[path: "spec", "template", "spec", "priorityClassName"] == nil)
        #expect(taken[path: "metadata", "annotations"]?["ours"] == nil)
    }

    /// Between the two writes nothing has changed but ownership, and an ordinary apply finishes it.
    @Test func aCrashInTheMiddle() async throws {
        let made = try await cluster.client("legacy-operator").create(.deployments, legacy())
        let patches = Shared(0)
        cluster.server.faults.intercept { request in
            guard request.method == .patch,
                patches.change({
                    $0 += 1; return $0
                }) == 2
            else { return nil }
            return HTTPResponse(status: 403, headers: HTTPHeaders([]), body: [])
        }
        await #expect(throws: ApplyFailure.self) { try await applier.apply(desired(), live: live(made), owner: owner) }
        cluster.server.faults.intercept(nil)
        let half = try await stored()
        #expect(half["spec"] == made["spec"])
        #expect(OwnedFields.owns("spec", "template", of: half, manager: "spice-test"))
        let done = try await applier.apply(desired(takesOver: false), live: live(half), owner: owner)
        expectIntent(try #require(done), env: ["A", "B"])
    }

    @Test func leavesForeignObjectsAlone() async throws {
        let made = try await cluster.client("somebody").create(.deployments, legacy(owned: false))
        await #expect(throws: ApplyFailure.self) { try await applier.apply(desired(), live: live(made), owner: owner) }
        #expect(try await stored() == made)
    }

    /// One that is gone meanwhile is not made anew.
    @Test func makesNothing() async throws {
        let made = try await cluster.client("legacy-operator").create(.deployments, legacy())
        _ = try await cluster.client().delete(.deployments, key)
        await #expect(throws: APIError.self) { try await applier.apply(desired(), live: live(made), owner: owner) }
        await #expect(throws: APIError.self) { try await stored() }
    }
}
