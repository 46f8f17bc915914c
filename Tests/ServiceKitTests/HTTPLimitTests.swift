import NIOCore
import ServiceKit
import Testing

/// A client that asks for too much, or takes too long, is cut off; the others do not notice.
@Suite(.timeLimit(.minutes(5))) struct HTTPLimitTests {
    private static let ok: HTTPHandler = { _ in .text("fine") }

    @Test(arguments: [
        "", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel",
    ])
    func halfARequestIsCutOff(text: String) async throws {
        var limits = HTTPServerLimits()
        limits.requestTimeout = .milliseconds(300)
        try await withServer(limits: limits, Self.ok) { address in
            let client = try await RawClient.connect(address)
            // On a busy machine the cut may come first.
            if !text.isEmpty { try? await client.send(text) }
            #expect(await client.readToEnd() == "")
        }
    }

    /// Each byte is in time, the request as a whole is not.
    @Test func tricklingRequestIsCutOff() async throws {
        var limits = HTTPServerLimits()
        limits.requestTimeout = .milliseconds(200)
        try await withServer(limits: limits, Self.ok) { address in
            let client = try await RawClient.connect(address)
            try? await client.send("GET / HTTP/1.1\r\nX: ")
            let channel = client.channel
            let trickle = channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(10)) { _ in
                channel.writeAndFlush(ByteBuffer(string: "x"), promise: nil)
            }
            #expect(await client.readToEnd() == "")
            trickle.cancel()
        }
    }

    @Test func idleConnectionIsClosed() async throws {
        var limits = HTTPServerLimits()
        limits.idleTimeout = .milliseconds(100)
        try await withServer(limits: limits, Self.ok) { address in
            let client = try await RawClient.connect(address)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await client.readToEnd().hasSuffix("fine"))
        }
    }

    @Test func clientThatDoesNotReadIsCutOff() async throws {
        var limits = HTTPServerLimits()
        limits.writeTimeout = .milliseconds(200)
        let cutOff = Gate()
        let handler: HTTPHandler = { _ in
            let response = Released(cutOff)
            return HTTPServerResponse(
                body: .stream { [response] writer in
                    defer { withExtendedLifetime(response) {} }
                    let piece = [UInt8](repeating: 120, count: 1 << 20)
                    while true { try await writer.write(piece) }
                })
        }
        try await withServer(limits: limits, handler) { address in
            let client = try await RawClient.connect(address)
            try await client.channel.setOption(.autoRead, value: false).get()
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await cutOff.wait()
        }
    }

    @Test func announcedBodyIsRefused() async throws {
        var limits = HTTPServerLimits()
        limits.bodyBytes = 10
        try await withServer(limits: limits, Self.ok) { (address) async throws -> Void in
            #expect(try await RawClient.exchange(address, "POST /", body: "0123456789").hasPrefix("HTTP/1.1 200"))
            #expect(try await RawClient.exchange(address, "POST /", body: "0123456789a").hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func chunkedBodyIsRefusedWhenItGrowsTooLarge() async throws {
        var limits = HTTPServerLimits()
        limits.bodyBytes = 10
        try await withServer(limits: limits, Self.ok) { address in
            let client = try await RawClient.connect(address)
            try await client.send(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n8\r\n01234567\r\n")
            #expect(try await client.read(until: "10 bytes\n").hasPrefix("HTTP/1.1 413"))
            try await client.send("0\r\n\r\n")
            #expect(await client.readToEnd() == "")
        }
    }

    @Test func largeHeadIsRefused() async throws {
        try await withServer(Self.ok) { address in
            let client = try await RawClient.connect(address)
            try await client.send("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 40 << 10))\r\n\r\n")
            let response = await client.readToEnd()
            #expect(response == "" || response.hasPrefix("HTTP/1.1 4"))
        }
    }

    @Test func connectionsAreLimited() async throws {
        var limits = HTTPServerLimits()
        limits.connections = 1
        try await withServer(limits: limits, Self.ok) { address in
            let first = try await RawClient.connect(address)
            try await first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await first.read(until: "fine")
            #expect(await (try RawClient.connect(address)).readToEnd() == "")
            try await first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await first.read(until: "fine").hasPrefix("HTTP/1.1 200"))
        }
    }
}

/// Opens a gate when the server lets go of it: also where the cut comes before the first piece of the body.
private final class Released: Sendable {
    private let gate: Gate

    init(_ gate: Gate) {
        self.gate = gate
    }

    deinit { gate.open() }
}
