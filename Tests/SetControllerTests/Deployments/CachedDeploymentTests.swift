import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// What is read of a Deployment, and of which.
@Suite struct CachedDeploymentTests {
    private static let owner = #"[{"apiVersion":"spice.ai/v2","kind":"SpicepodSet","name":"demo","uid":"set","controller":true}]"#
    private static let ours = """
        [{"manager":"spice-set-controller","operation":"Apply","apiVersion":"apps/v1","fieldsType":"FieldsV1",
          "fieldsV1":{"f:spec":{"f:replicas":{},"f:template":{"f:metadata":{}}}}}]
        """
    private static let spec = """
        {"replicas":1,"selector":{"matchLabels":{"app":"demo"}},
         "template":{"metadata":{"labels":{"app":"demo","spice.ai/version":"11111111"}},
                     "spec":{"containers":[{"name":"a","ports":[{"name":"http"},{"name":"flight"},{"name":"metrics"}]}]}}}
        """

    private func scan(
        owners: String = owner, managed: String = "[]", annotations: String = "{}", spec: String = spec
    ) throws -> CachedDeployment {
        let text = """
            {"metadata":{"name":"demo","namespace":"default","uid":"u","generation":3,"resourceVersion":"7",
              "ownerReferences":\(owners),"managedFields":\(managed),"annotations":\(annotations)},
             "spec":\(spec),
             "status":{"observedGeneration":3,"replicas":2,"updatedReplicas":1,"availableReplicas":1}}
            """
        return try JSONScanner.scan(Array(text.utf8)) { try CachedDeployment(scanning: &$0) }
    }

    @Test func ofASet() throws {
        let cached = try scan(managed: Self.ours)
        #expect(cached.isOfASet)
        let observed = cached.observed
        #expect(observed.generation == .deployment)
        #expect(observed.resource == .deployments)
        #expect(observed.version == "11111111")
        #expect(observed.isObserved)
        #expect(
            observed.deployment == ObservedDeployment(selector: ["app": "demo"], replicas: 2, updated: 1, available: 1))
    }

    /// Of foreign ones only the identity is read: what they are made of may be anything.
    @Test(arguments: [
        "[]", #"[{"apiVersion":"spice.ai/v2","kind":"SpicepodSet","name":"demo","uid":"set"}]"#,
        #"[{"apiVersion":"spice.ai/v2","kind":"SpicepodCluster","name":"demo","uid":"set","controller":true}]"#,
        #"[{"apiVersion":"other.ai/v2","kind":"SpicepodSet","name":"demo","uid":"set","controller":true}]"#,
    ])
    func foreign(owners: String) throws {
        let cached = try scan(owners: owners, spec: "7")
        #expect(!cached.isOfASet)
        #expect(cached.identity.key == ObjectKey(namespace: "default", name: "demo"))
        #expect(cached.identity.uid == "u")
        #expect(cached.deployment.selector == [:])
    }

    /// A label on a template that we do not apply is somebody else's; the note on the metadata counts.
    @Test func anEarlierVersions() throws {
        let silent = try scan().observed
        #expect(silent.deployment?.isTakenOver == false)
        #expect(silent.version == nil)
        let sha = String(repeating: "2", count: 64)
        #expect(try scan(annotations: #"{"spice.ai/version-sha":"\#(sha)"}"#).observed.version == "22222222")
    }

    /// Fields are ours, but the template is not yet: it is the rest of a crash and has no version.
    @Test func halfTakenOver() throws {
        let spec = #"{"selector":{"matchLabels":{"app":"demo"}},"template":{"metadata":{"labels":{"app":"demo"}}}}"#
        let observed = try scan(managed: Self.ours, annotations: #"{"spice.ai/version-sha":"22222222"}"#, spec: spec).observed
        #expect(observed.version == nil)
        #expect(observed.deployment?.isTakenOver == true)
        #expect(observed.deployment?.namesPorts == false)
    }

    @Test(arguments: [
        #"{"selector":{"matchLabels":{"app":"a","spice.ai/version":"v1"}}}"#,
        #"{"selector":{"matchExpressions":[{"key":"app","operator":"Exists"}]},"template":{"metadata":{"labels":{"app":"a"}}}}"#,
    ])
    func aSelectorThatCannotRoll(spec: String) throws {
        let deployment = try #require(try scan(spec: spec).observed.deployment)
        #expect(!deployment.canRoll)
        #expect(deployment.selector["app"] == "a", "something selects its pods all the same")
    }

    /// Its pods are found by the set's label: the ReplicaSet between them is not watched.
    @Test func itsPods() throws {
        let text = """
            {"metadata":{"name":"demo-1-x","namespace":"default","uid":"p",
              "labels":{"spice.ai/spicepod":"demo","spice.ai/layout":"deployment","spice.ai/version":"11111111"},
              "ownerReferences":[{"kind":"ReplicaSet","name":"demo-1","uid":"rs","controller":true}]}}
            """
        let pod = try JSONScanner.scan(Array(text.utf8)) { try CachedPod(scanning: &$0) }
        let set = ObjectKey(namespace: "default", name: "demo")
        #expect(pod.identity.controllerUID == CachedPod.deploymentOwner(set))
    }
}
