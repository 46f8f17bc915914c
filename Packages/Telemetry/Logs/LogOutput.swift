import Glibc
import Synchronization

/// Where finished lines go.
public struct LogOutput: Sendable {
    public var write: @Sendable (_ line: [UInt8]) -> Void

    public init(write: @escaping @Sendable (_ line: [UInt8]) -> Void) {
        self.write = write
    }

    /// One `write(2)` a line. The lock keeps lines whole that are longer than a pipe takes at once.
    public static let standardError: LogOutput = {
        let lock = Mutex(())
        return LogOutput { line in lock.withLock { _ in writeAll(line, to: STDERR_FILENO) } }
    }()

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if count < 0, errno == EAGAIN {
                    // Somebody made the terminal non-blocking: wait a little for room, then drop the line.
                    var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    guard Glibc.poll(&poll, 1, 100) > 0 else { return }
                } else if count == 0 || errno != EINTR {
                    return
                }
            }
        }
    }
}
