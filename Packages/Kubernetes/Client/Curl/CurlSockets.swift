import CCurl
import Glibc

/// The open sockets of a loop, found by their local port: libcurl 7.88 names no socket of a transfer that is running, but its
/// port (`CURLINFO_ACTIVESOCKET` is set only when the last transfer of a connection is done).
final class CurlSockets {
    private var sockets: Set<curl_socket_t> = []

    /// Makes a connection fail at once for all its transfers.
    func shutDown(localPort: Int) {
        if let socket = sockets.first(where: { Self.localPort($0) == localPort }) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Lets libcurl tell this object of the sockets of a transfer; it must outlive them.
    func observe(_ handle: UnsafeMutableRawPointer) -> CURLcode {
        curl_set_socket_callbacks(
            handle,
            { context, socket, _ in
                if let context { Unmanaged<CurlSockets>.fromOpaque(context).takeUnretainedValue().opened(socket) }
                return Int32(CURL_SOCKOPT_OK)
            },
            { context, socket in
                if let context { Unmanaged<CurlSockets>.fromOpaque(context).takeUnretainedValue().sockets.remove(socket) }
                return close(socket)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func opened(_ socket: curl_socket_t) {
        sockets.insert(socket)
        // Unacknowledged data and unanswered keepalives end the connection after this many milliseconds.
        var timeout: UInt32 = 30_000
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &timeout, socklen_t(MemoryLayout<UInt32>.size))
    }

    private static func localPort(_ socket: curl_socket_t) -> Int {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        guard result == 0 else { return 0 }
        // The port stands at the same place for both families, in network order.
        return withUnsafeBytes(of: &address) { Int($0[2]) << 8 | Int($0[3]) }
    }
}
