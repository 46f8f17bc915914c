/// The receiving side of one transfer. The loop calls it from its thread: first `begin`, then `receive` as often as bytes come,
/// `finish` exactly once.
protocol Exchange: AnyObject, Sendable {
    var request: HTTPRequest { get }
    /// Whether the request's timeout ends with the head.
    var isStream: Bool { get }
    /// Whether nobody waits any more.
    var isAbandoned: Bool { get }

    func begin(status: Int, headers: HTTPHeaders)
    func receive(_ bytes: UnsafeRawBufferPointer) -> Reception
    func finish(_ error: TransportError?)
}

enum Reception {
    case taken
    /// There is no room: offer the same bytes again after `resume`.
    case full
    /// The body is larger than may be kept.
    case refused
}

extension Exchange {
    var id: ObjectIdentifier { ObjectIdentifier(self) }
}
