import JSON
import KubernetesModel
import ServiceKit
import Testing

/// An AdmissionReview is read as the API server writes it, and answered under its uid.
@Suite struct AdmissionReviewTests {
    private static let update = """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"705ab4f5","kind":{"group":"spice.ai",
        "version":"v2","kind":"SpicepodSet"},"resource":{"group":"spice.ai","version":"v2","resource":"spicepodsets"},
        "subResource":"status","requestKind":{"group":"spice.ai","version":"v1","kind":"SpicepodSet"},"name":"web",
        "namespace":"default","operation":"UPDATE","userInfo":{"username":"admin","groups":["system:masters"]},
        "object":{"spec":{"replicas":2}},"oldObject":{"spec":{"replicas":1}},"dryRun":true,
        "options":{"kind":"UpdateOptions","apiVersion":"meta.k8s.io/v1"}}}
        """

    private func parse(_ text: String) throws(MalformedReview) -> AdmissionRequest {
        try AdmissionRequest(review: Array(text.utf8))
    }

    @Test func requestIsRead() throws {
        let request = try parse(Self.update)
        #expect(request.uid == "705ab4f5")
        #expect(request.operation == .update)
        #expect(request.apiVersion == "spice.ai/v2")
        #expect(request.kind == "SpicepodSet")
        #expect(request.resource == "spicepodsets")
        #expect(request.subresource == "status")
        #expect(request.name == "web")
        #expect(request.namespace == "default")
        #expect(request.isDryRun)
        #expect(request.object?[path: "spec", "replicas"] == 2)
        #expect(request.oldObject?[path: "spec", "replicas"] == 1)
    }

    /// Go writes null for what is not there.
    @Test func nullsAreAbsent() throws {
        let request = try parse(
            #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"DELETE","kind":{"group":"","version":"v1","kind":"Pod"},"object":null,"oldObject":null,"dryRun":null,"name":null,"options":null}}"#
        )
        #expect(request.object == nil)
        #expect(request.oldObject == nil)
        #expect(request.apiVersion == "v1")
        #expect(!request.isDryRun)
    }

    @Test(arguments: [
        ("", "empty document"), ("[]", "expected an object"), ("{}", "an object without a kind"),
        ("{\"kind\":3}", "expected a string"),
        (#"{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"u"}}"#, "send admission.k8s.io/v1"),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}"#, "request: is required"),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":null}"#, "request: is required"),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}"#, "request.uid: is required"),
        (
            #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"create"}}"#,
            "request.operation: \"create\" is not one of"
        ),
    ])
    func malformedReviewsSayWhatIsWrong(text: String, message: String) throws {
        let error = try #require(throws: MalformedReview.self) { try parse(text) }
        #expect(error.message.contains(message))
    }

    @Test func allowing() throws {
        #expect(
            try JSONValue(parsing: AdmissionResponse.allow().review(uid: "u")) == [
                "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": ["uid": "u", "allowed": true],
            ])
    }

    @Test func denying() throws {
        let response = AdmissionResponse.deny(code: 422, reason: "Invalid", "spec: no", warnings: ["careful"])
        let answer = try JSONValue(parsing: response.review(uid: "u"))
        #expect(
            answer["response"] == [
                "uid": "u", "allowed": false, "warnings": ["careful"],
                "status": ["status": "Failure", "code": 422, "reason": "Invalid", "message": "spec: no"],
            ])
    }

    @Test func patching() throws {
        let response = AdmissionResponse.allow(patch: [["op": "remove", "path": "/a"]])
        let answer = try JSONValue(parsing: response.review(uid: "u"))
        #expect(answer[path: "response", "patchType"] == "JSONPatch")
        #expect(answer[path: "response", "patch"] == "W3sib3AiOiJyZW1vdmUiLCJwYXRoIjoiL2EifV0=")
    }

    /// Changed, cut and glued bytes give a request or an error.
    @Test func mutatedReviewsNeverCrash() {
        let text = Array(Self.update.utf8)
        let pieces: [[UInt8]] = [
            Array("null".utf8), Array("{".utf8), Array("[[[[".utf8), Array("\"".utf8), Array("1e999".utf8), [0], [0xFF],
        ]
        for round in 0..<20_000 {
            var mutated = text
            for _ in 0..<(round % 5 + 1) {
                let place = Int.random(in: 0..<mutated.count)
                switch round % 3 {
                case 0: mutated[place] = UInt8.random(in: 0...255)
                case 1: mutated.insert(contentsOf: pieces.randomElement() ?? [], at: place)
                default: mutated.removeSubrange(place..<min(mutated.count, place + Int.random(in: 1...8)))
                }
            }
            if let request = try? AdmissionRequest(review: mutated) { _ = AdmissionResponse.allow().review(uid: request.uid) }
        }
    }

    @Test(arguments: ["[", "{\"a\":", "[[]],", "{},", "\"\\u0000\","])
    func largeReviewsNeverCrash(piece: String) {
        let start =
            #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","object":["#
        let body = start + String(repeating: piece, count: ((3 << 20) - start.utf8.count - 8) / piece.utf8.count) + "1]}}"
        if let request = try? AdmissionRequest(review: Array(body.utf8)) {
            #expect((request.object?.arrayValue?.count ?? 0) > 1000)
        }
    }
}
