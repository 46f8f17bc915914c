import JSON
import KubernetesModel
import ServiceKit
import SpiceAdmission
import SpiceValidation
import Testing

@testable import SetController

/// What a finding does depends on its severity and on the level, which the object may name itself.
@Suite struct LevelTests {
    private func review(_ policy: ValidationLevel, _ findings: [Finding], annotation: JSONValue? = nil) -> AdmissionResponse {
        var set = Reviews.set
        if let annotation { set[path: "metadata", "annotations", "spice.ai/validation-level"] = annotation }
        return Reviews.admission(policy, findings).review(Reviews.request(set))
    }

    @Test func errorsRefuseAtErr() {
        let response = review(.err, [Reviews.error("no", path: "spec.a"), Reviews.warning(), Reviews.error("no", path: "spec.b")])
        #expect(!response.isAllowed)
        #expect(response.status?.code == 422)
        #expect(response.status?.reason == "Invalid")
        #expect(response.status?.message == "spec.a: no\nspec.b: no")
        #expect(response.warnings == ["spec.w: is odd"])
    }

    @Test func warningsAloneRefuseNothing() {
        #expect(review(.err, [Reviews.warning()]) == .allow(warnings: ["spec.w: is odd"]))
        #expect(review(.err, []) == .allow())
    }

    @Test func everythingIsAWarningAtWarn() {
        let response = review(.warn, [Reviews.warning(), Reviews.error()])
        #expect(response == .allow(warnings: ["spec.a: is wrong; mend it", "spec.w: is odd"]))
    }

    @Test func nothingIsSaidAtOff() {
        #expect(review(.off, [Reviews.error(), Reviews.warning()]) == .allow())
    }

    @Test(arguments: ValidationLevel.allCases)
    func annotationOverridesThePolicy(policy: ValidationLevel) {
        #expect(!review(policy, [Reviews.error()], annotation: "err").isAllowed)
        #expect(review(policy, [Reviews.error()], annotation: "warn") == .allow(warnings: ["spec.a: is wrong; mend it"]))
        #expect(review(policy, [Reviews.error()], annotation: "off") == .allow())
    }

    @Test(arguments: ["strict", "", "ERR", 3, JSONValue.null])
    func unknownAnnotationLeavesThePolicy(annotation: JSONValue) {
        #expect(!review(.err, [Reviews.error()], annotation: annotation).isAllowed)
        #expect(review(.off, [Reviews.error()], annotation: annotation).isAllowed)
    }

    @Test func endlessFindingsMakeABoundedMessage() throws {
        let many = (0..<5000).map { Reviews.error("is wrong", path: "spec.env[\($0)]") }
        let message = try #require(review(.err, many).status?.message)
        #expect(message.utf8.count < 17 << 10)
        #expect(message.hasPrefix("spec.env[0]: is wrong\nspec.env[1]: is wrong\n"))
        #expect(message.split(separator: "\n").last?.hasSuffix("more") == true)
        let long = try #require(review(.err, [Reviews.error(String(repeating: "x", count: 3 << 20))]).status?.message)
        #expect(long.hasPrefix("spec.a: xxx"))
        #expect(long.utf8.count <= 16 << 10)
    }
}
