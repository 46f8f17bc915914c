import JSON
import KubernetesModel
import SpiceTypes
import Testing

/// A version changes exactly with what makes a pod. The golden hashes fail when a change of code would roll every fleet.
@Suite struct VersionTests {
    static func spec(_ text: String) throws -> SpicepodSetSpec {
        try JSONTreeDecoder().decode(SpicepodSetSpec.self, from: JSONValue(parsing: text))
    }

    static let minimal = #"{"spicepod":{"name":"a","kind":"Spicepod","version":"v1"}}"#
    static let full = #"""
        {"replicas":3,"spicepod":{"name":"a","kind":"Spicepod","version":"v1","datasets":[]},
         "image":{"repository":"r","tag":"t","pullSecret":"s"},"http":{"port":1},"flight":{"port":2},"metrics":{"port":3},
         "resources":{"requests":{"cpu":"200m"}},"env":[{"name":"A","value":"b"}],"envFromSource":[{"secretRef":{"name":"x"}}],
         "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}}],
         "serviceAccount":{"enabled":true,"create":true},"labels":{"l":"1"},"annotations":{"a":"1"},
         "probes":{"liveness":{"periodSeconds":3}},"tolerations":[{"key":"k","operator":"Exists"}],
         "terminationGracePeriodSeconds":30,"network":{"dnsPolicy":"Default"}}
        """#

    @Test(arguments: [
        (minimal, "f099bdb7d704c6e49f3c1a099b63edc6e19c80d9c77a878829a9c235e2098e4d"),
        (full, "2472c4e6c98ca8d6f486db52e6875ef58c05de2b42b07b1f3111f1f43baaa898"),
    ])
    func goldenHashes(text: String, hash: String) throws {
        let sha = try Version(of: Self.spec(text), named: "set").sha
        #expect(sha == hash)
    }

    /// Neither is part of a pod: changing it never rolls one.
    @Test(arguments: [
        #""replicas":7"#, #""updateStrategy":{"type":"BlueGreen","minReadyForCutover":2}"#, #""standbyVersion":{"enabled":true}"#,
        #""service":{"enabled":false}"#, #""network":{"egress":[{}],"ingress":[]}"#, #""progressDeadlineSeconds":5"#,
        #""podDisruptionBudget":{"enabled":true}"#, #""serviceAccount":{"enabled":false,"create":true}"#,
        #""http":{"port":8090},"flight":{},"metrics":{"port":9090}"#, #""env":[],"labels":{}"#, #""resources":{"requests":{}}"#,
    ])
    func unchangedBy(field: String) throws {
        let changed = Self.minimal.dropLast() + "," + field + "}"
        #expect(try Version(of: Self.spec(String(changed)), named: "set") == Version(of: Self.spec(Self.minimal), named: "set"))
    }

    @Test(arguments: [
        #""image":{"tag":"2"}"#, #""http":{"port":1}"#, #""env":[{"name":"A"}]"#, #""labels":{"a":"b"}"#,
        #""annotations":{"a":"b"}"#, #""terminationGracePeriodSeconds":1"#, #""serviceAccount":{"enabled":true,"name":"x"}"#,
        #""volumeClaimTemplates":[{"spec":{}}]"#, #""network":{"dnsPolicy":"Default"}"#, #""resources":{"limits":{"cpu":"1"}}"#,
        #""spicepod":{"name":"a","kind":"Spicepod","version":"v1","datasets":[]}"#,
    ])
    func changedBy(field: String) throws {
        let changed = Self.minimal.dropLast() + "," + field + "}"
        #expect(try Version(of: Self.spec(String(changed)), named: "set") != Version(of: Self.spec(Self.minimal), named: "set"))
    }

    /// Growing a volume happens in place.
    @Test func storageSizeIsNoVersion() throws {
        let grown = Self.full.replacing("1Gi", with: "2Gi")
        #expect(try Version(of: Self.spec(grown), named: "set") == Version(of: Self.spec(Self.full), named: "set"))
    }
}
