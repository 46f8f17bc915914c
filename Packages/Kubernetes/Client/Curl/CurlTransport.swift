import CCurl

/// HTTP over libcurl: HTTP/2 where the server speaks it, all requests and watches on one connection, HTTP/1.1 otherwise.
///
/// One thread serves all transfers of a transport. A dead peer is seen by TCP keepalive within half a minute; a peer that lives
/// but does not answer is seen by the timeout of a request or by `HTTPStream.reportStall`, and its connection is given up.
/// What must not share a connection, such as a Lease, takes a transport of its own. Releasing the transport ends its transfers.
public final class CurlTransport: HTTPTransport {
    private let configuration: CurlConfiguration
    private let credentials: any CredentialSource
    private let mailbox: CurlMailbox

    private static let isInitialized = curl_global_init(Int(CURL_GLOBAL_SSL | CURL_GLOBAL_WIN32)) == CURLE_OK

    public init(_ configuration: CurlConfiguration, credentials: any CredentialSource = FixedCredential()) {
        self.configuration = configuration
        self.credentials = credentials
        let multi = Self.isInitialized ? curl_multi_init().map { CurlMailbox.Multi(handle: $0) } : nil
        let mailbox = CurlMailbox(multi)
        self.mailbox = mailbox
        guard let multi else { return }
        let started = OwnThread.start { CurlLoop(multi, mailbox, configuration).run() }
        if !started {
            _ = mailbox.close()
            curl_multi_cleanup(multi.handle)
        }
    }

    deinit { mailbox.stop() }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let credential = try await credentials.credential()
        let response = try await exchange(request, credential)
        guard response.status == 401, let fresh = try await replacement(for: credential) else { return response }
        return try await exchange(request, fresh)
    }

    public func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let credential = try await credentials.credential()
        let stream = try await stream(request, credential)
        guard stream.status == 401, let fresh = try await replacement(for: credential) else { return stream }
        return try await self.stream(request, fresh)
    }

    private func exchange(_ request: HTTPRequest, _ credential: Credential) async throws -> HTTPResponse {
        try await BufferedExchange(request, limit: configuration.bodyLimit).response(from: mailbox, credential)
    }

    private func stream(_ request: HTTPRequest, _ credential: Credential) async throws -> HTTPStream {
        let mailbox = mailbox
        let handle = StreamHandle(StreamedExchange(request, bufferLimit: configuration.streamBuffer, mailbox: mailbox))
        let head = try await handle.exchange.head(credential)
        return HTTPStream(
            status: head.status, headers: head.headers, chunks: HTTPChunks { try await handle.exchange.next() },
            reportStall: { mailbox.post(.stalled(handle.exchange.id)) })
    }

    /// Another credential after a 401, nil when there is none.
    private func replacement(for credential: Credential) async throws -> Credential? {
        await credentials.reject(credential)
        let fresh = try await credentials.credential()
        return fresh == credential ? nil : fresh
    }
}
