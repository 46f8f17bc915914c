public import KubernetesModel

/// What one attempt at a request came to.
public struct RequestObservation: Sendable {
    public var verb: Verb
    /// Nil for a request by path.
    public var resource: ResourceType?
    public var subresource: String?
    /// The HTTP status; nil when there was no response.
    public var status: Int?
    /// Why it failed; nil for a success.
    public var error: APIError.Code?
    public var duration: Duration
    /// From 1; above it the request was retried.
    public var attempt: Int
}

/// Is told of every attempt, on the task that made it: it must return at once.
public protocol RequestObserver: Sendable {
    func requestFinished(_ observation: RequestObservation)
}
