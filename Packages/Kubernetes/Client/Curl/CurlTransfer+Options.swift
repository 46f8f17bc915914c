import CCurl

extension CurlTransfer {
    /// Sets all options; returns what is wrong with them.
    func configure(_ configuration: CurlConfiguration, _ credential: Credential, _ sockets: CurlSockets) -> String? {
        var options = Options(handle: handle)
        configureTarget(configuration, &options)
        configureConnection(configuration, &options)
        configureTrust(configuration, credential, &options)
        configureRequest(configuration, credential, &options)
        configureCallbacks(&options)
        options.check(sockets.observe(handle))
        return options.problem
    }

    private func configureTarget(_ configuration: CurlConfiguration, _ options: inout Options) {
        let server = configuration.server
        let host = configuration.serverName ?? server.host
        options.string(CURLOPT_URL, "\(server.scheme)://\(host):\(server.port)\(server.prefix)\(exchange.request.target)")
        if configuration.serverName != nil {
            // The name is for TLS only: the connection goes to the address.
            connectList = curl_slist_append(nil, "\(host):\(server.port):\(server.host):\(server.port)")
            options.list(CURLOPT_CONNECT_TO, connectList)
        }
        options.long(CURLOPT_PATH_AS_IS, 1)
        options.string(CURLOPT_PROTOCOLS_STR, "http,https")
        if let proxy = configuration.proxy { options.string(CURLOPT_PROXY, proxy) }
        options.long(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func configureConnection(_ configuration: CurlConfiguration, _ options: inout Options) {
        options.long(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        options.long(CURLOPT_PIPEWAIT, 1)
        options.long(CURLOPT_NOSIGNAL, 1)
        options.long(CURLOPT_TCP_NODELAY, 1)
        options.long(CURLOPT_TCP_KEEPALIVE, 1)
        options.long(CURLOPT_TCP_KEEPIDLE, 15)
        options.long(CURLOPT_TCP_KEEPINTVL, 5)
        options.long(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
    }

    private func configureTrust(_ configuration: CurlConfiguration, _ credential: Credential, _ options: inout Options) {
        guard configuration.server.scheme == "https" else { return }
        if configuration.skipsVerification {
            options.long(CURLOPT_SSL_VERIFYPEER, 0)
            options.long(CURLOPT_SSL_VERIFYHOST, 0)
        } else if let authorities = credential.authorities ?? configuration.authorities {
            options.blob(CURLOPT_CAINFO_BLOB, authorities)
            // Or the system's directory of public authorities stays trusted beside the cluster's own.
            options.check(curl_set_string(handle, CURLOPT_CAPATH, nil))
        }
        if let identity = credential.identity {
            options.blob(CURLOPT_SSLCERT_BLOB, identity.certificate)
            options.blob(CURLOPT_SSLKEY_BLOB, identity.key)
        }
        // Connections live long: a cache of sessions would only cost memory.
        options.long(CURLOPT_SSL_SESSIONID_CACHE, 0)
    }

    private func configureRequest(_ configuration: CurlConfiguration, _ credential: Credential, _ options: inout Options) {
        let request = exchange.request
        if let body = request.body {
            options.long(CURLOPT_POST, 1)
            options.check(curl_set_body(handle, body, body.count))
        } else if request.method == .get {
            options.long(CURLOPT_HTTPGET, 1)
        }
        if request.method != .get, request.method != .post || request.body == nil {
            options.string(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
        if let timeout = request.timeout { options.long(CURLOPT_TIMEOUT_MS, timeout.wholeMilliseconds) }
        if request.acceptsCompression, configuration.compression { options.string(CURLOPT_ACCEPT_ENCODING, "gzip") }

        // libcurl adds "Expect: 100-continue" to large bodies over HTTP/1.1, which costs a round trip.
        headerList = curl_slist_append(nil, "Expect:")
        if configuration.serverName != nil {
            addHeader("Host", "\(configuration.server.host):\(configuration.server.port)", &options)
        }
        for header in configuration.headers + request.headers { addHeader(header.name, header.value, &options) }
        if let authorization = credential.authorization { addHeader("Authorization", authorization, &options) }
        options.list(CURLOPT_HTTPHEADER, headerList)
    }

    private func addHeader(_ name: String, _ value: String, _ options: inout Options) {
        // A line end would begin another header.
        guard !(name + value).utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
            options.problem = "the header \(name) holds a control character"
            return
        }
        // "Name;" is how libcurl is told of an empty value.
        headerList = curl_slist_append(headerList, value.isEmpty ? "\(name);" : "\(name): \(value)")
    }

    private func configureCallbacks(_ options: inout Options) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.check(curl_set_pointer(handle, CURLOPT_PRIVATE, context))
        options.check(curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorPointer))
        options.check(curl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        options.check(
            curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                return transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
            })
        options.check(curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        options.check(
            curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let bytes, let context else { return 0 }
                let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
                return size * count
            })
    }
}

/// Sets options and keeps the first refusal.
private struct Options {
    let handle: UnsafeMutableRawPointer
    var problem: String?

    mutating func check(_ code: CURLcode) {
        if code != CURLE_OK, problem == nil { problem = String(cString: curl_easy_strerror(code)) }
    }

    mutating func long(_ option: CURLoption, _ value: Int) { check(curl_set_long(handle, option, value)) }
    mutating func string(_ option: CURLoption, _ value: String) { check(curl_set_string(handle, option, value)) }
    mutating func blob(_ option: CURLoption, _ value: [UInt8]) { check(curl_set_blob(handle, option, value, value.count)) }

    mutating func list(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) {
        check(curl_set_list(handle, option, value))
    }
}

extension Duration {
    /// At least 1: libcurl reads 0 as no limit.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(min(seconds, 1_000_000_000)) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
