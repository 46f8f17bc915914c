import JSON
import KubernetesModel
import Testing

@testable import ControllerRuntime

/// A value that the server rewrites in a way nobody foresaw is applied once, and again only after something changed.
@Suite struct ApplyMemoTests {
    private let memo = ApplyMemo()
    private let desired = DesiredObject(
        resource: .configMaps, key: ObjectKey(namespace: "default", name: "taxi"),
        object: ["apiVersion": "v1", "kind": "ConfigMap", "data": ["a": "As Sent"]])

    private func written(_ value: JSONValue, version: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "data": ["a": value],
            "metadata": [
                "uid": "u", "resourceVersion": .string(version),
                "managedFields": [["manager": "m", "operation": "Apply", "fieldsV1": ["f:data": ["f:a": [:]]]]],
            ],
        ]
    }

    private func live(_ object: JSONValue) -> LiveChild {
        LiveChild(
            uid: "u", resourceVersion: object[path: "metadata", "resourceVersion"]?.stringValue ?? "", controllerUID: "o",
            owned: OwnedFields.digest(of: object, manager: "m"))
    }

    @Test func remembersWhatTheServerRewrites() {
        let intent = OwnedFields.digest(ofIntent: desired.object)
        let answer = written("as-kept", version: "5")
        #expect(live(answer).owned != intent)
        memo.remember(desired, intent, answer, manager: "m")
        #expect(memo.isAsApplied(desired, live(answer), intent))
        #expect(memo.isAsApplied(desired, live(written("as-kept", version: "9")), intent), "others may write beside us")
        #expect(!memo.isAsApplied(desired, live(written("drifted", version: "9")), intent))
        #expect(!memo.isAsApplied(desired, live(answer), OwnedFields.digest(ofIntent: ["data": ["a": "new"]])))
    }

    /// Where the server keeps what it is sent there is nothing to remember.
    @Test func forgetsWhatIsSettled() {
        let intent = OwnedFields.digest(ofIntent: desired.object)
        memo.remember(desired, intent, written("as-kept", version: "5"), manager: "m")
        memo.remember(desired, intent, written("As Sent", version: "6"), manager: "m")
        #expect(memo.count == 0)
    }
}
