import JSON
import KubernetesClient
import ServiceKit
import SpiceAdmission
import SpiceValidation
import Testing

@testable import SetController

/// Whatever is posted to `/validate` and `/convert` is answered: with a review where there is a uid, else with 400.
@Suite struct WebhookFuzzTests {
    private let routes: HTTPRouter

    init() {
        var routes = HTTPRouter()
        SetWebhooks(policy: .err, storageClasses: { nil }).addRoutes(to: &routes)
        self.routes = routes
    }

    private func post(_ path: String, _ body: [UInt8]) async -> (status: Int, body: [UInt8]) {
        let response = await routes.handle(
            HTTPServerRequest("POST", path: path, headers: ["Content-Type": "application/json"], body: body))
        guard case .bytes(let bytes) = response.body else { return (response.status, []) }
        return (response.status, bytes)
    }

    private func validation(_ object: JSONValue) -> [UInt8] {
        let request: JSONValue = [
            "uid": "u", "operation": "CREATE", "kind": ["group": "spice.ai", "version": "v2", "kind": "SpicepodSet"],
            "object": object,
        ]
        return (["apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request] as JSONValue).serialized()
    }

    private func conversion(_ object: JSONValue) -> [UInt8] {
        let request: JSONValue = ["uid": "u", "desiredAPIVersion": "spice.ai/v2", "objects": [object]]
        return (["apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview", "request": request] as JSONValue).serialized()
    }

    @Test func mutatedObjectsAreAnswered() async throws {
        var random = SeededRandom(seed: 4)
        for _ in 0..<2000 {
            var object = Reviews.set
            mutate(&object, &random)
            for (path, body) in [("/validate", validation(object)), ("/convert", conversion(object))] {
                let answer = await post(path, body)
                #expect(answer.status == 200)
                #expect(try JSONValue(parsing: answer.body)[path: "response", "uid"] == "u")
            }
        }
    }

    @Test func mutatedBytesAreAnswered() async throws {
        var random = SeededRandom(seed: 5)
        for round in 0..<5000 {
            var body = round % 2 == 0 ? validation(Reviews.set) : conversion(Reviews.set)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                body[Int.random(in: 0..<body.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let answer = await post(round % 2 == 0 ? "/validate" : "/convert", body)
            #expect(answer.status == 200 || answer.status == 400)
        }
    }

    /// As large as the server lets through: wide, deep, and long.
    @Test func largestBodiesAreAnswered() async throws {
        let limit = (3 << 20) - 2000
        var wide = Reviews.set
        wide[path: "spec", "env"] = .array((0..<40_000).map { ["name": .string("E\($0)"), "value": "some value that takes room"] })
        var long = Reviews.set
        long[path: "spec", "spicepod", "name"] = .string(String(repeating: "x", count: limit))
        var deep = Reviews.set
        var nested: JSONValue = 1
        for _ in 0..<480 { nested = ["a": nested] }
        deep[path: "spec", "spicepod", "params"] = nested
        for object in [wide, long, deep] {
            for (path, body) in [("/validate", validation(object)), ("/convert", conversion(object))] {
                let answer = await post(path, body)
                #expect(answer.status == 200)
                #expect(answer.body.count < body.count + 1000)
            }
        }
        let brackets = Array("{\"a\":".utf8)
        let tooDeep = Array((0..<(limit / brackets.count)).map { _ in brackets }.joined())
        #expect(await post("/validate", tooDeep).status == 400)
    }

    private func mutate(_ value: inout JSONValue, _ random: inout SeededRandom) {
        let strange: [JSONValue] = [
            .null, true, -1, 1e300, "", "\u{0}", [], [:], ["x": ["y": []]], .string(String(repeating: "é", count: 300)),
        ]
        switch value {
        case .object(var members) where !members.isEmpty && Int.random(in: 0..<4, using: &random) > 0:
            let keys = members.keys.sorted()
            let key = keys[Int.random(in: 0..<keys.count, using: &random)]
            if var member = members[key] {
                mutate(&member, &random)
                members[key] = member
            }
            value = .object(members)
        default: value = strange[Int.random(in: 0..<strange.count, using: &random)]
        }
    }
}
