import NIOCore
import NIOSSL
import Synchronization

/// The certificate that new connections are greeted with. Open connections keep the one they began with.
public final class ServingContext: Sendable {
    struct NoCertificate: Error {}

    private struct State {
        var certificate: ServingCertificate?
        var hasRefused = false
    }

    private let state = Mutex(State())

    public init() {}

    public var certificate: ServingCertificate? { state.withLock { $0.certificate } }

    public func install(_ certificate: ServingCertificate) {
        state.withLock { $0 = State(certificate: certificate) }
    }

    /// Puts TLS at the head of a new connection.
    /// - Parameter onFirstRefusal: called for the first connection that comes while there is no certificate.
    /// - Throws: `NoCertificate`, which closes the connection.
    func prepare(_ channel: any Channel, onFirstRefusal: () -> Void) throws {
        let (certificate, isFirst) = state.withLock { state in
            let isFirst = state.certificate == nil && !state.hasRefused
            state.hasRefused = state.certificate == nil
            return (state.certificate, isFirst)
        }
        guard let certificate else {
            if isFirst { onFirstRefusal() }
            throw NoCertificate()
        }
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: certificate.context))
    }
}
