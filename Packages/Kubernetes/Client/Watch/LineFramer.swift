import Glibc
import JSON

/// Cuts a stream of arbitrary pieces into lines. Every byte is looked at once, however a line is split.
struct LineFramer {
    /// The start of a line whose end has not come yet.
    private var partial: [UInt8] = []
    private let limit: Int

    /// - Parameter limit: the longest line taken, in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the last piece ended within a line.
    var isWithinLine: Bool { !partial.isEmpty }

    /// Calls `body` with every line that `chunk` completes, without its end (`\n` or `\r\n`). Empty lines are skipped.
    /// - Throws: what `body` throws; `JSONError` with `.size` for a line over the limit.
    mutating func push(_ chunk: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        try chunk.withUnsafeBufferPointer { chunk in
            guard let base = chunk.baseAddress else { return }
            var start = 0
            while start < chunk.count, let newline = memchr(base + start, 0x0A, chunk.count - start) {
                let end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(newline))
                let rest = UnsafeBufferPointer(start: base + start, count: end - start)
                start = end + 1
                if partial.isEmpty {
                    try Self.deliver(rest, body)
                } else {
                    try append(rest)
                    var line: [UInt8] = []
                    swap(&line, &partial)
                    try line.withUnsafeBufferPointer { try Self.deliver($0, body) }
                    // Keep the storage of a line of ordinary size for the next one.
                    if line.capacity <= 1 << 16 {
                        line.removeAll(keepingCapacity: true)
                        swap(&line, &partial)
                    }
                }
            }
            try append(UnsafeBufferPointer(start: base + start, count: chunk.count - start))
        }
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard partial.count + bytes.count <= limit else {
            throw JSONError(.size, "a line is longer than the limit of \(limit) bytes")
        }
        partial.append(contentsOf: bytes)
    }

    private static func deliver(_ line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        var line = line
        if line.last == 0x0D { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
        if !line.isEmpty { try body(line) }
    }
}
