/// What carries requests to an API server: the network, or an API server in the same process.
///
/// Any status is a response, not an error. Errors are `TransportError`, `CancellationError`, or those of a credential source.
/// Cancelling the calling task ends the transfer.
public protocol HTTPTransport: Sendable {
    /// Sends the request and collects the whole response.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
    /// Sends the request and returns when the response's head is there.
    func open(_ request: HTTPRequest) async throws -> HTTPStream
}
