import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(5)))
struct TokenFileTests {
    private func source(_ directory: TemporaryDirectory, _ time: ManualTime) throws -> any CredentialSource {
        let files = CredentialFiles(token: .file(try directory.write("token", "one\n")))
        return files.source(initial: try files.load(), time: time.source)
    }

    private func token(_ source: any CredentialSource) async throws -> String? { try await source.credential().authorization }

    /// A token that was replaced is found after a minute, not before; one that cannot be read leaves the old one.
    @Test func everyMinute() async throws {
        let (directory, time) = (try TemporaryDirectory(), ManualTime())
        let source = try source(directory, time)
        #expect(try await token(source) == "Bearer one")
        try directory.write("token", "two")
        time.advance(by: .seconds(59))
        #expect(try await token(source) == "Bearer one")
        time.advance(by: .seconds(1))
        #expect(try await token(source) == "Bearer two")
        try directory.write("token", "")
        time.advance(by: .seconds(61))
        #expect(try await token(source) == "Bearer two")
    }

    /// A 401 is followed at once by a look at the file, and the request goes out again with the new token.
    @Test func afterUnauthorized() async throws {
        let (directory, time) = (try TemporaryDirectory(), ManualTime())
        let source = try source(directory, time)
        let server = try await ScriptedServer.start { request, reply in
            let isKnown = request.headers["authorization"] == "Bearer two"
            try await reply.respond(isKnown ? 200 : 401, isKnown ? "ok" : "no")
        }
        let transport = CurlTransport(server.configuration(), credentials: source)
        #expect(try await transport.send(HTTPRequest(.get, "/")).status == 401)
        #expect(server.requests.values.count == 1)
        try directory.write("token", "two")
        #expect(try await transport.send(HTTPRequest(.get, "/")).status == 200)
        #expect(server.requests.values.map { $0.headers["authorization"] } == ["Bearer one", "Bearer one", "Bearer two"])
        #expect(try await transport.open(HTTPRequest(.get, "/")).status == 200)
    }

    /// The same while the token is wrong already when a watch is opened.
    @Test func afterUnauthorizedStream() async throws {
        let (directory, time) = (try TemporaryDirectory(), ManualTime())
        let source = try source(directory, time)
        _ = try await source.credential()
        let server = try await ScriptedServer.start { request, reply in
            try await reply.respond(request.headers["authorization"] == "Bearer two" ? 200 : 401)
        }
        try directory.write("token", "two")
        let transport = CurlTransport(server.configuration(), credentials: source)
        #expect(try await transport.open(HTTPRequest(.get, "/")).status == 200)
    }
}
