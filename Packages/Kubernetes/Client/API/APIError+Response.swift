import JSON
public import KubernetesModel

extension APIError {
    /// Of a response whose status is no success.
    public init(_ response: HTTPResponse) {
        let status = Self.status(in: response.body)
        let header = response.headers["retry-after"].flatMap { Int($0) }
        self.init(
            status ?? APIStatus(message: Self.excerpt(of: response)), httpStatus: response.status,
            retryAfter: header.map { .seconds(max(0, $0)) })
        if status == nil { self.status = nil }
    }

    /// Of a Status, as a response or an ERROR event of a watch carries it.
    public init(_ status: APIStatus, httpStatus: Int? = nil, retryAfter: Duration? = nil) {
        let number = httpStatus ?? status.code
        self.init(
            Self.code(reason: status.reason, httpStatus: number),
            status.message ?? status.reason ?? "the server gave no message",
            status: status, httpStatus: number,
            retryAfter: retryAfter ?? status.details?.retryAfterSeconds.flatMap { $0 > 0 ? .seconds($0) : nil })
    }

    /// Of what a transport throws.
    public init(transport error: any Error) {
        switch error {
        case let error as APIError: self = error
        case is CancellationError: self.init(.cancelled, "the request was cancelled", cause: error)
        case let error as TransportError:
            self.init(error.code == .timeout ? .timeout : .transport, error.message, cause: error)
        case let error as CredentialError: self.init(.credentials, error.message, cause: error)
        default: self.init(.transport, "\(error)", cause: error)
        }
    }

    /// The reason says more than the number: 409 is a conflict or an existing name, 500 may be a timeout.
    static func code(reason: String?, httpStatus: Int?) -> Code {
        switch reason {
        case "Gone": return .expired
        case "Timeout": return .serverTimeout
        case "": break
        case let reason?:
            if let code = Code(rawValue: reason), code.isReason { return code }
        case nil: break
        }
        return switch httpStatus {
        case 400: .badRequest
        case 401: .unauthorized
        case 403: .forbidden
        case 404: .notFound
        case 405: .methodNotAllowed
        case 406: .notAcceptable
        case 409: .conflict
        case 410: .expired
        case 413: .tooLarge
        case 415: .unsupportedMediaType
        case 422: .invalid
        case 429: .tooManyRequests
        case 500: .internalError
        case 503: .unavailable
        case 504: .serverTimeout
        default: .unknown
        }
    }

    private static func status(in body: [UInt8]) -> APIStatus? {
        guard body.first == UInt8(ascii: "{"), let value = try? JSONValue(parsing: body), value["kind"] == "Status" else {
            return nil
        }
        return try? JSONTreeDecoder().decode(APIStatus.self, from: value)
    }

    /// The start of a body that is no Status: a proxy's or an old server's plain text.
    private static func excerpt(of response: HTTPResponse) -> String {
        let text = String(decoding: response.body.prefix(300), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.isEmpty ? "HTTP status \(response.status)" : "HTTP status \(response.status): \(line)"
    }
}

extension APIError.Code {
    /// Whether it is a word of the API, not one of this client's own.
    fileprivate var isReason: Bool {
        switch self {
        case .unknown, .transport, .timeout, .credentials, .decoding, .cancelled: false
        default: true
        }
    }
}
