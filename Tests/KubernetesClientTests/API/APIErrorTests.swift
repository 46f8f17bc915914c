import JSON
import KubernetesModel
import Testing

@testable import KubernetesClient

@Suite struct APIErrorTests {
    private func error(_ status: Int, _ body: String, headers: HTTPHeaders = [:]) async -> APIError? {
        var client = KubernetesClient.testing(ScriptedTransport(status, body, headers: headers))
        client.retry = .never
        do {
            _ = try await client.get(.pods, ObjectKey(namespace: "ns", name: "a"))
            return nil
        } catch {
            return error
        }
    }

    /// The reason decides, the number where there is no reason.
    @Test(arguments: [
        (409, "AlreadyExists", APIError.Code.alreadyExists), (409, "Conflict", .conflict), (409, "", .conflict),
        (410, "Gone", .expired),
        (410, "Expired", .expired), (500, "ServerTimeout", .serverTimeout), (504, "Timeout", .serverTimeout),
        (422, "Invalid", .invalid),
        (500, "InternalError", .internalError), (403, "Forbidden", .forbidden), (404, "NotFound", .notFound),
        (418, "Teapot", .unknown),
        (400, "Transport", .badRequest),
    ])
    func codes(_ status: Int, _ reason: String, _ code: APIError.Code) async throws {
        let error = try #require(await error(status, Item.status(status, reason, "said so")))
        #expect(error.code == code)
        #expect(error.message == "said so")
        #expect(error.httpStatus == status)
    }

    /// A body that is no Status still gives a code, a message and no status.
    @Test(arguments: [
        (503, "upstream connect error\nmore", APIError.Code.unavailable), (404, "404 page not found", .notFound),
        (401, "", .unauthorized),
        (502, "<html>", .unknown), (429, "{\"kind\":\"Status\"", .tooManyRequests),
    ])
    func otherBodies(_ status: Int, _ body: String, _ code: APIError.Code) async throws {
        let error = try #require(await error(status, body))
        #expect(error.code == code)
        #expect(error.status == nil)
        #expect(error.message.hasPrefix("HTTP status \(status)"))
        #expect(!error.message.contains("more"))
    }

    /// The Status comes whole: causes name the fields.
    @Test func causes() async throws {
        let details =
            #","details":{"name":"a","kind":"Pod","causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.image"}]}"#
        let error = try #require(await error(422, Item.status(422, "Invalid", "bad", extra: details)))
        #expect(
            error.status?.details?.causes == [.init(reason: "FieldValueRequired", message: "Required value", field: "spec.image")])
    }

    /// The time to wait is in the header, or in the details.
    @Test func retryAfter() async throws {
        let details = #","details":{"retryAfterSeconds":3}"#
        #expect(
            await error(429, Item.status(429, "TooManyRequests", extra: details), headers: ["Retry-After": "5"])?.retryAfter
                == .seconds(5))
        #expect(await error(429, Item.status(429, "TooManyRequests", extra: details))?.retryAfter == .seconds(3))
        #expect(await error(503, "", headers: ["retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"])?.retryAfter == nil)
    }

    /// What is no JSON, or not the type that was asked for, is an error with the response's status.
    @Test func decoding() async throws {
        #expect(await error(200, "<html>")?.code == .decoding)
        struct Strict: Decodable { var name: String }
        let client = KubernetesClient.testing(ScriptedTransport(200, "{}"))
        await #expect { try await client.get(Strict.self, .pods, ObjectKey(namespace: "a", name: "b")) } throws: {
            ($0 as? APIError)?.code == .decoding
        }
    }

    /// A cancelled request is told from a failed one.
    @Test func cancelled() async throws {
        let client = KubernetesClient.testing(ScriptedTransport { _, _ in throw CancellationError() })
        await #expect { try await client.get(path: "/") } throws: { ($0 as? APIError)?.code == .cancelled }
    }
}
