import JSON
import Testing

/// The status of a cluster has other names in v1alpha1, and tells what failed as one text.
@Suite struct ClusterStatusTests {
    private func cluster(_ version: String, _ status: JSONValue) -> JSONValue {
        ["apiVersion": .string("spice.ai/\(version)"), "kind": "SpicepodCluster", "metadata": ["name": "c"], "status": status]
    }

    private func condition(_ type: JSONValue, _ status: JSONValue, _ reason: JSONValue, _ message: JSONValue) -> JSONValue {
        ["type": type, "status": status, "reason": reason, "message": message, "lastTransitionTime": "2026-11-21T06:54:33Z"]
    }

    @Test func namesOfTheRootCertificate() throws {
        let new = cluster(
            "v2",
            [
                "rootCertificateReady": true, "rootCertificateSecretName": "default.c-ca",
                "rootCertificateExpiresAt": "2036-11-21T06:54:33Z", "schedulerSpicepodsetName": "c-scheduler",
                "executorReadyReplicas": 3, "executors": ["ready": 3],
            ])
        let old = try new.converted(to: "v1alpha1")
        #expect(
            old["status"] == [
                "rootCertificateReady": true, "rootSecretName": "default.c-ca", "rootExpiresAt": "2036-11-21T06:54:33Z",
                "schedulerSpicepodsetName": "c-scheduler", "executorReadyReplicas": 3, "executors": ["ready": 3],
            ])
        #expect(try old.converted(to: "v2").manifest == new)
    }

    @Test func aFailureIsTheError() throws {
        let conditions: JSONValue = [
            condition("Ready", "False", "Progressing", "2 of 3 executors are ready"),
            condition("CertificatesReady", "False", "ForeignSecret", "the Secret default.c-ca is somebody else's"),
        ]
        let new = cluster("v2", ["conditions": conditions])
        let old = try new.converted(to: "v1alpha1")
        #expect(old[path: "status", "error"] == "the Secret default.c-ca is somebody else's")
        #expect(old[path: "status", "conditions"] == conditions)
        #expect(try old.converted(to: "v2").manifest == new)
    }

    @Test func waitingIsNoError() throws {
        let new = cluster(
            "v2",
            [
                "conditions": [
                    condition("Ready", "False", "Progressing", "creating"), condition("CertificatesReady", "True", "Issued", "all"),
                ]
            ])
        #expect(try new.converted(to: "v1alpha1")[path: "status", "error"] == nil)
    }

    @Test func anErrorThatNoConditionSaysComesBack() throws {
        let old = cluster("v1alpha1", ["error": "no CA", "rootCertificateReady": false])
        let new = try old.converted(to: "v2")
        #expect(new["status"] == ["rootCertificateReady": false])
        #expect(try new.converted(to: "v1alpha1").manifest == old)
    }
}
