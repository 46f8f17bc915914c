import Glibc

/// Small files: credentials and kubeconfigs. The calls block; see `OwnThread.run`.
enum File {
    struct Failure: Error, CustomStringConvertible {
        let number: Int32
        var description: String { String(cString: strerror(number)) }
        var isMissing: Bool { number == ENOENT || number == ENOTDIR }
    }

    /// What changes when a file does; a projected volume replaces it by a rename.
    struct Stamp: Hashable, Sendable {
        var inode: UInt64
        var size: Int64
        var seconds: Int64
        var nanoseconds: Int64
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func stamp(_ path: String) -> Stamp? {
        var status = Glibc.stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int64(status.st_mtim.tv_sec),
            nanoseconds: Int64(status.st_mtim.tv_nsec))
    }

    static func read(_ path: String, limit: Int = 16 << 20) throws(Failure) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(number: errno)
            }
            content.append(contentsOf: buffer[..<count])
            guard content.count <= limit else { throw Failure(number: EFBIG) }
        }
    }
}
