public import JSON
import KubernetesClient
import Synchronization

/// Calls webhooks over HTTPS, trusting the configuration's CA bundle only.
public final class HTTPSWebhookCaller: WebhookCaller {
    private struct Peer: Hashable {
        var address: ServerAddress
        var serverName: String
        var authorities: [UInt8]?
    }

    /// A transport is a thread and a connection; the ones used last are kept.
    private static let kept = 8

    private let transports = Mutex<[(peer: Peer, transport: CurlTransport)]>([])

    public init() {}

    public func call(_ request: WebhookRequest) async throws(WebhookFailure) -> JSONValue {
        func failure(_ problem: String) -> WebhookFailure {
            WebhookFailure("Post \(JSONValue.string(request.url).text): \(problem)")
        }
        guard let address = request.address, address.scheme == "https" else { throw failure(request.problem) }
        let peer = Peer(address: address, serverName: request.serverName, authorities: request.authorities)
        let response: HTTPResponse
        do {
            var post = HTTPRequest(
                .post, request.path, query: [("timeout", "\(request.timeoutSeconds)s")],
                headers: [
                    ("Content-Type", "application/json"), ("Accept", "application/json"), ("User-Agent", "local-control-plane"),
                ],
                body: request.review.serialized())
            post.timeout = .seconds(request.timeoutSeconds)
            response = try await transport(to: peer).send(post)
        } catch let error as TransportError where error.code == .timeout {
            throw failure("context deadline exceeded")
        } catch {
            throw failure("\(error)")
        }
        guard (200...299).contains(response.status) else {
            let status = try? JSONValue(parsing: response.body)
            if status?["kind"] == "Status", let message = status?["message"]?.stringValue { throw WebhookFailure(message) }
            let text = status == nil ? String(decoding: response.body.prefix(1024), as: UTF8.self) : "unknown"
            throw WebhookFailure(
                "an error on the server (\(JSONValue.string(text).text)) has prevented the request from succeeding "
                    + "(status \(response.status))")
        }
        do {
            return try JSONValue(parsing: response.body)
        } catch {
            throw WebhookFailure("couldn't get version/kind; json parse error: \(error.message)")
        }
    }

    private func transport(to peer: Peer) -> CurlTransport {
        transports.withLock { transports in
            if let index = transports.firstIndex(where: { $0.peer == peer }) {
                let entry = transports.remove(at: index)
                transports.append(entry)
                return entry.transport
            }
            var configuration = CurlConfiguration(server: peer.address)
            configuration.authorities = peer.authorities
            configuration.serverName = peer.serverName == peer.address.host ? nil : peer.serverName
            // as the real server: webhooks are never reached through a proxy of the environment
            configuration.proxy = ""
            configuration.bodyLimit = 16 << 20
            let transport = CurlTransport(configuration)
            transports.append((peer, transport))
            if transports.count > Self.kept { transports.removeFirst() }
            return transport
        }
    }
}
