import Logging
import NIOPosix

/// Appends to a file from a thread of its own: who appends never waits for the disk.
final class LineLog: Sendable {
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let descriptor: Int32
    private let path: String
    private let logger: Logger

    init(path: String, logger: Logger) throws {
        self.path = path
        self.logger = logger
        descriptor = try Files.openForAppending(path)
        pool.start()
    }

    func append(_ bytes: [UInt8]) {
        // Work that the pool's shutdown overtakes is still done: its state does not matter here.
        pool.submit { [self] _ in
            do {
                try Files.write(bytes, to: descriptor, path: path)
            } catch {
                logger.error("cannot write", metadata: ["path": "\(path)", "error": "\(error)"])
            }
        }
    }

    /// Returns when all is written. Nothing may be appended any more.
    func close() async {
        try? await pool.shutdownGracefully()
        Files.closeFile(descriptor)
    }
}
