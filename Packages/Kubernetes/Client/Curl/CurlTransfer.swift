import CCurl

/// One transfer on the loop's thread: its handle, what libcurl must be lent while it runs, and the head as it arrives.
final class CurlTransfer {
    let handle: UnsafeMutableRawPointer
    let exchange: any Exchange
    let started = ContinuousClock.now
    private(set) var lastByte: ContinuousClock.Instant?
    private var status = 0
    private var headers = HTTPHeaders()
    private(set) var hasHead = false
    private var wasRefused = false
    var headerList: UnsafeMutablePointer<curl_slist>?
    var connectList: UnsafeMutablePointer<curl_slist>?

    init(_ handle: UnsafeMutableRawPointer, _ exchange: any Exchange) {
        self.handle = handle
        self.exchange = exchange
    }

    /// The transfer that a handle was configured for.
    static func of(_ handle: UnsafeMutableRawPointer) -> CurlTransfer? {
        var pointer: UnsafeMutableRawPointer?
        guard curl_get_pointer(handle, CURLINFO_PRIVATE, &pointer) == CURLE_OK, let pointer else { return nil }
        return Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// The local port of the connection in use: what tells connections apart. Nil before there is one.
    var localPort: Int? {
        var port = 0
        return curl_get_long(handle, CURLINFO_LOCAL_PORT, &port) == CURLE_OK && port > 0 ? port : nil
    }

    func releaseLists() {
        curl_slist_free_all(headerList)
        curl_slist_free_all(connectList)
        headerList = nil
        connectList = nil
    }

    // MARK: What arrives

    /// One line of a head, with its line end.
    func receiveHeader(_ line: UnsafeRawBufferPointer) {
        lastByte = .now
        var line = line[...]
        while let last = line.last, last == 0x0D || last == 0x0A { line = line.dropLast() }
        if hasHead {
            // Trailers.
        } else if line.isEmpty {
            // Interim responses (1xx) have heads of their own.
            if status >= 200 { headIsComplete() }
        } else if line.starts(with: "HTTP/".utf8) {
            status = Self.status(line)
            headers = HTTPHeaders()
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(Self.text(line[..<colon]), Self.text(line[(colon + 1)...]))
        }
    }

    private func headIsComplete() {
        hasHead = true
        // The timeout of a stream covers its head only.
        if exchange.isStream { _ = curl_set_long(handle, CURLOPT_TIMEOUT_MS, 0) }
        exchange.begin(status: status, headers: headers)
    }

    /// Returns what libcurl expects of a write callback.
    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        lastByte = .now
        switch exchange.receive(bytes) {
        case .taken: return bytes.count
        case .full: return Int(CURL_WRITEFUNC_PAUSE)
        case .refused:
            wasRefused = true
            return 0
        }
    }

    /// The number in `HTTP/2 200 OK`.
    private static func status(_ line: Slice<UnsafeRawBufferPointer>) -> Int {
        line.drop { $0 != 0x20 }.dropFirst().prefix(3).reduce(0) { total, digit in
            digit >= 0x30 && digit <= 0x39 ? total * 10 + Int(digit - 0x30) : 0
        }
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: How it ended

    func error(_ code: CURLcode) -> TransportError? {
        guard code != CURLE_OK else { return nil }
        if wasRefused { return TransportError(.tooLarge, "the response is too large", mayHaveReachedServer: true) }
        let kind: TransportError.Code =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
            case CURLE_COULDNT_CONNECT, CURLE_PROXY: .connect
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_CLIENTCERT:
                .tls
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_OUT_OF_MEMORY: .invalidRequest
            default: .connectionLost
            }
        var sent: curl_off_t = 0
        _ = curl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T, &sent)
        let detail = errorText.isEmpty ? String(cString: curl_easy_strerror(code)) : errorText
        return TransportError(kind, detail, mayHaveReachedServer: sent > 0)
    }

    /// libcurl's own words, more exact than those of the code.
    private let errorBuffer = CurlErrorBuffer()
    var errorPointer: UnsafeMutablePointer<CChar> { errorBuffer.pointer }
    private var errorText: String { String(cString: errorBuffer.pointer) }
}

private final class CurlErrorBuffer {
    let pointer: UnsafeMutablePointer<CChar>

    init() {
        pointer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        pointer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit { pointer.deallocate() }
}
