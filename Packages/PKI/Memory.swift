import COpenSSL

/// OpenSSL's streams over memory.
enum Memory {
    /// Lends the bytes as a stream; they are not copied.
    static func reading<Result>(_ bytes: [UInt8], _ body: (OpaquePointer) throws(PKIError) -> Result) throws(PKIError) -> Result {
        guard let count = Int32(exactly: bytes.count) else { throw PKIError(.malformed, "is larger than 2 GiB") }
        // A stream over no memory at all is not made; one over an empty buffer would read on.
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        defer { buffer.deallocate() }
        _ = buffer.update(fromContentsOf: bytes)
        guard let stream = BIO_new_mem_buf(buffer.baseAddress, count) else { throw PKIError(.library, "libcrypto has no memory") }
        defer { BIO_free(stream) }
        return try body(stream)
    }

    /// What `write` leaves in a stream.
    static func text(_ write: (OpaquePointer) -> Int32) throws(PKIError) -> String {
        guard let stream = BIO_new(BIO_s_mem()) else { throw PKIError(.library, "libcrypto has no memory") }
        defer { BIO_free(stream) }
        guard write(stream) == 1 else { throw PKIError(.library, "libcrypto cannot write PEM") }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while case let count = BIO_read(stream, &piece, Int32(piece.count)), count > 0 { bytes += piece[..<Int(count)] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
