public import KubernetesModel

/// Why a request to the API has no result.
public struct APIError: Error, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable, CaseIterable {
        case badRequest = "BadRequest"
        case unauthorized = "Unauthorized"
        case forbidden = "Forbidden"
        case notFound = "NotFound"
        case methodNotAllowed = "MethodNotAllowed"
        case notAcceptable = "NotAcceptable"
        case alreadyExists = "AlreadyExists"
        /// Another writer was faster, or owns the fields that an apply wants.
        case conflict = "Conflict"
        /// The resource version or continue token is too old: list anew.
        case expired = "Expired"
        case tooLarge = "RequestEntityTooLarge"
        case unsupportedMediaType = "UnsupportedMediaType"
        /// The object breaks a rule: `status.details.causes` names the fields.
        case invalid = "Invalid"
        case tooManyRequests = "TooManyRequests"
        case internalError = "InternalError"
        /// The server gave up in time; what it did is not known.
        case serverTimeout = "ServerTimeout"
        case unavailable = "ServiceUnavailable"
        /// Another HTTP status.
        case unknown = "Unknown"
        /// No response, see `cause`.
        case transport = "Transport"
        /// No response in the time allowed.
        case timeout = "ClientTimeout"
        /// No credential could be had, see `cause`.
        case credentials = "Credentials"
        /// The response is not what was asked for.
        case decoding = "Decoding"
        /// The calling task was cancelled.
        case cancelled = "Cancelled"
    }

    public var code: Code
    /// What the server said, when it said it in its own form.
    public var status: APIStatus?
    public var httpStatus: Int?
    public var retryAfter: Duration?
    public var message: String
    public var cause: (any Error)?

    public init(
        _ code: Code, _ message: String, status: APIStatus? = nil, httpStatus: Int? = nil, retryAfter: Duration? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.httpStatus = httpStatus
        self.retryAfter = retryAfter
        self.cause = cause
    }

    /// Whether the same request may well succeed later though nobody changes anything. A conflict is not among them: it needs
    /// a new look at the object first.
    public var isRetryable: Bool {
        switch code {
        case .tooManyRequests, .internalError, .serverTimeout, .unavailable, .transport, .timeout, .credentials, .unauthorized: true
        default: (httpStatus ?? 0) >= 500
        }
    }

    public var description: String {
        let number = httpStatus.map { " (\($0))" } ?? ""
        return "\(code.rawValue)\(number): \(message)"
    }
}
