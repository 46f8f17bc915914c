import JSON
import KubernetesModel
import ServiceKit
import SpiceAdmission
import SpiceValidation
import Testing

@testable import SetController

/// What cannot be read is told with its field, at the level of the object; other versions are converted first.
@Suite struct UnreadableSetTests {
    struct Refused: Error, CustomStringConvertible {
        var description: String { "spec.image: expected an object, found string" }
    }

    private func set(_ replicas: JSONValue, version: String = "spice.ai/v2") -> JSONValue {
        var set = Reviews.set
        set["apiVersion"] = .string(version)
        set[path: "spec", "replicas"] = replicas
        return set
    }

    @Test func fieldIsNamed() {
        let response = Reviews.admission(.err).review(Reviews.request(set("many")))
        #expect(!response.isAllowed)
        #expect(response.status?.message?.hasPrefix("spec.replicas: ") == true)
        #expect(Reviews.admission(.warn, []).review(Reviews.request(set("many"))).isAllowed)
        #expect(Reviews.admission(.off, []).review(Reviews.request(set("many"))) == .allow())
    }

    @Test(arguments: [[], 3, "x", ["metadata": []], [:]] as [JSONValue])
    func anythingIsAnswered(object: JSONValue) {
        let response = Reviews.admission(.err).review(Reviews.request(object))
        #expect(!response.isAllowed)
        #expect(response.status?.message?.contains(": ") == true)
    }

    @Test func olderVersionIsConvertedFirst() {
        let convert: SetAdmission.Convert = { object, version in
            var object = object
            #expect(version == "spice.ai/v2")
            object["apiVersion"] = .string(version)
            object[path: "spec", "replicas"] = 1
            return object
        }
        #expect(
            Reviews.admission(.err, convert: convert).review(Reviews.request(set("converted", version: "spice.ai/v1"))).isAllowed)
    }

    @Test func failedConversionIsAnError() {
        let response = Reviews.admission(.err, convert: { _, _ in throw Refused() })
            .review(Reviews.request(set(1, version: "spice.ai/v1")))
        #expect(!response.isAllowed)
        #expect(response.status?.message?.contains("spec.image: expected an object, found string") == true)
    }
}
