import KubernetesClient
import ServiceKit
import Testing

/// The server speaks HTTP/1.1 as clients expect it.
@Suite(.timeLimit(.minutes(5))) struct HTTPServerTests {
    private static let echo: HTTPHandler = { request in
        let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
        return .text(
            "\(request.method) \(request.path) [\(query)] \(request.headers["x-tag"] ?? "-") \(String(decoding: request.body, as: UTF8.self))\n"
        )
    }

    @Test func requestReachesTheHandlerWhole() async throws {
        try await withServer(Self.echo) { address in
            let client = try await RawClient.connect(address)
            try await client.send("POST /a%20b/c?x=1+2&y=%C3%A9&z HTTP/1.1\r\nHost: x\r\nX-Tag: t\r\nConn")
            try await client.send("ection: close\r\nContent-Length: 10\r\n\r\nhello")
            try await client.send("world")
            let response = await client.readToEnd()
            #expect(response.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(response.contains("connection: close\r\n"))
            #expect(response.hasSuffix("\r\n\r\nPOST /a b/c [x=1 2;y=é;z=] t helloworld\n"))
        }
    }

    @Test func connectionIsKeptAndPipelined() async throws {
        try await withServer(Self.echo) { address in
            let client = try await RawClient.connect(address)
            try await client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.read(until: "GET /1 [] - \n").hasPrefix("HTTP/1.1 200"))
            try await client.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let rest = await client.readToEnd()
            #expect(rest.split(separator: "GET ").dropFirst().map { $0.prefix(2) } == ["/2", "/3"])
        }
    }

    @Test func headHasLengthButNoBody() async throws {
        try await withServer({ _ in .text("hello") }) { address in
            let response = try await RawClient.exchange(address, "HEAD /")
            #expect(response.contains("content-length: 5\r\n"))
            #expect(response.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func continueIsAnsweredBeforeTheBody() async throws {
        try await withServer(Self.echo) { address in
            let client = try await RawClient.connect(address)
            try await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n")
            #expect(try await client.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
            try await client.send("ok")
            #expect(await client.readToEnd().hasSuffix("POST / [] - ok\n"))
        }
    }

    @Test(arguments: ["GET /%zz", "GET /%", "GET /%ff", "GET /?a=%4"])
    func brokenEscapesAreRefused(request: String) async throws {
        try await withServer(Self.echo) { (address) async throws -> Void in
            #expect(try await RawClient.exchange(address, request).hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test func garbageIsRefused() async throws {
        try await withServer(Self.echo) { address in
            let client = try await RawClient.connect(address)
            try await client.send("\u{16}\u{3}\u{1} not http\r\n\r\n")
            #expect(await client.readToEnd().hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test func streamedBodyArrivesInPieces() async throws {
        let seen = Gate()
        let handler: HTTPHandler = { _ in
            HTTPServerResponse(
                body: .stream { writer in
                    try await writer.write(Array("first".utf8))
                    await seen.wait()
                    try await writer.write(Array("second".utf8))
                })
        }
        try await withServer(handler) { address in
            let client = try await RawClient.connect(address)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(!(try await client.read(until: "first")).contains("second"))
            seen.open()
            #expect(try await client.read(until: "\r\n0\r\n\r\n").contains("second"))
        }
    }

    @Test func handlerIsCancelledWhenItsClientLeaves() async throws {
        let entered = Gate()
        let left = Gate()
        let handler: HTTPHandler = { _ in
            entered.open()
            await Gate().wait()
            left.open()
            return .text("late")
        }
        try await withServer(handler) { address in
            let client = try await RawClient.connect(address)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await entered.wait()
            try await client.close()
            await left.wait()
        }
    }

    @Test func takenPortIsNamed() async throws {
        try await withServer(Self.echo) { address in
            let error = try await #require(throws: ServiceError.self) {
                try await withServer(Self.echo) { _ in }
                _ = try await HTTPServer.bind(
                    endpoint: "health", address: address, group: testHost().eventLoops, logger: quietLogger(), handler: Self.echo)
            }
            #expect(error.message.contains(address.description))
            #expect(error.message.contains("health"))
            #expect(error.message.contains("in use"))
        }
    }
}
