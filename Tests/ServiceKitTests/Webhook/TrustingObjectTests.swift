import JSON
import Testing

@testable import ServiceKit

/// Of configurations and CRDs just the way to the webhook is kept.
@Suite struct TrustingObjectTests {
    private func callers(_ text: String) throws -> [TrustingObject.Caller] {
        try TrustingObject(parsing: Array(text.utf8)).callers
    }

    @Test func configuration() throws {
        let found = try callers(
            """
            {"metadata":{"name":"v"},"webhooks":[
              {"name":"a","rules":[{"operations":["*"]}],
               "clientConfig":{"caBundle":"eA==","service":{"name":"s","namespace":"n","path":"/validate","port":443}}},
              {"name":"b","clientConfig":{"url":"https://127.0.0.1:1/x","caBundle":null}}]}
            """)
        #expect(
            found == [
                .init(path: "webhooks[0]", bundle: Array("x".utf8), host: "s.n.svc"), .init(path: "webhooks[1]"),
            ])
    }

    @Test func customResourceDefinition() throws {
        let found = try callers(
            """
            {"metadata":{"name":"c"},"spec":{"group":"spice.ai","versions":[{"schema":{}}],"conversion":{"strategy":"Webhook",
            "webhook":{"conversionReviewVersions":["v1"],"clientConfig":{"caBundle":"eA==","service":null}}}}}
            """)
        #expect(found == [.init(path: "spec.conversion.webhook", bundle: Array("x".utf8))])
    }

    @Test(arguments: [
        "{}", #"{"webhooks":null}"#, #"{"spec":{"conversion":{"strategy":"None"}}}"#, #"{"spec":{"conversion":null}}"#,
        #"{"spec":{"conversion":{"strategy":"None","webhook":null}}}"#,
    ])
    func othersCallNobody(text: String) throws {
        #expect(try callers(text).isEmpty)
    }

    @Test func nullsAreNoBundle() throws {
        #expect(
            try callers(#"{"webhooks":[{"clientConfig":null},{}]}"#) == [.init(path: "webhooks[0]"), .init(path: "webhooks[1]")])
    }

    @Test func brokenBase64IsNoBundle() throws {
        #expect(try callers(#"{"webhooks":[{"clientConfig":{"caBundle":"*"}}]}"#) == [.init(path: "webhooks[0]")])
    }
}
