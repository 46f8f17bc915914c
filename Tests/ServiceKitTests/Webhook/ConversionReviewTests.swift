import JSON
import ServiceKit
import Testing

/// A ConversionReview is answered with every object converted, or with the one that cannot be.
@Suite struct ConversionReviewTests {
    private static let review = """
        {"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"uid":"u","desiredAPIVersion":"spice.ai/v2",
        "objects":[{"apiVersion":"spice.ai/v1","kind":"SpicepodSet","metadata":{"name":"a","namespace":"x"}},
        {"apiVersion":"spice.ai/v1","kind":"SpicepodSet","metadata":{"name":"b"}}]}}
        """

    private func answer(_ text: String, _ convert: (JSONValue, String) throws -> JSONValue) throws -> JSONValue? {
        try JSONValue(parsing: ConversionRequest(review: Array(text.utf8)).review(convert))["response"]
    }

    @Test func objectsKeepTheirOrder() throws {
        let response = try answer(Self.review) { object, version in
            var object = object
            object["apiVersion"] = .string(version)
            return object
        }
        #expect(response?["uid"] == "u")
        #expect(response?["result"] == ["status": "Success"])
        let objects = try #require(response?["convertedObjects"]?.arrayValue)
        #expect(objects.map { $0[path: "metadata", "name"] } == ["a", "b"])
        #expect(objects.allSatisfy { $0["apiVersion"] == "spice.ai/v2" })
    }

    @Test func failureNamesTheObject() throws {
        struct Refused: Error, CustomStringConvertible {
            var description: String { "spec.image: expected an object" }
        }
        let response = try answer(Self.review) { object, _ in
            if object[path: "metadata", "name"] == "a" { throw Refused() }
            return object
        }
        #expect(response?["result"] == ["status": "Failure", "message": "SpicepodSet x/a: spec.image: expected an object"])
        #expect(response?["convertedObjects"] == nil)
        #expect(response?["uid"] == "u")
    }

    @Test func emptyListIsASuccess() throws {
        let text =
            #"{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"uid":"u","desiredAPIVersion":"spice.ai/v2","objects":null}}"#
        let response = try answer(text) { object, _ in object }
        #expect(response?["convertedObjects"] == [])
        #expect(response?["result"] == ["status": "Success"])
    }

    @Test(arguments: [
        #"{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"desiredAPIVersion":"spice.ai/v2"}}"#,
        #"{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"uid":"u"}}"#,
        #"{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1","request":{"uid":"u","objects":{}}}"#,
        #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u"}}"#, "null",
    ])
    func malformedReviewsAreRefused(text: String) {
        #expect(throws: MalformedReview.self) { try ConversionRequest(review: Array(text.utf8)) }
    }

    @Test func mutatedReviewsNeverCrash() {
        let text = Array(Self.review.utf8)
        for _ in 0..<10_000 {
            var mutated = text
            for _ in 0..<Int.random(in: 1...4) { mutated[Int.random(in: 0..<mutated.count)] = UInt8.random(in: 0...255) }
            _ = (try? ConversionRequest(review: mutated))?.review { object, _ in object }
        }
    }
}
