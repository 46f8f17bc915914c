/// Credentials and trust as data or as files that others may replace at any time.
struct CredentialFiles: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        case data([UInt8])
        case file(String)

        fileprivate var path: String? {
            if case .file(let path) = self { path } else { nil }
        }
    }

    var token: Source?
    /// `user:password`
    var basic: String?
    var certificate: Source?
    var key: Source?
    var authorities: Source?

    /// What cannot be read, by the kubeconfig's name for it.
    struct Failure: Error {
        var field: String
        var path: String?
        var message: String
    }

    private var paths: [String] { [token, certificate, key, authorities].compactMap { $0?.path } }

    var hasFiles: Bool { !paths.isEmpty }

    var stamps: [File.Stamp?] { paths.map(File.stamp) }

    /// Reads all of it; blocks.
    func load() throws(Failure) -> Credential {
        var credential = Credential()
        if let token {
            let text = String(decoding: try read(token, "tokenFile"), as: UTF8.self)
            let trimmed = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            guard !trimmed.isEmpty else { throw Failure(field: "tokenFile", path: token.path, message: "holds no token") }
            credential.authorization = "Bearer \(trimmed)"
        } else if let basic {
            credential.authorization = "Basic \(Base64.encode(Array(basic.utf8)))"
        }
        if let certificate, let key {
            credential.identity = ClientIdentity(
                certificate: try pem(certificate, "client-certificate"), key: try pem(key, "client-key"))
        }
        if let authorities { credential.authorities = try pem(authorities, "certificate-authority") }
        return credential
    }

    private func read(_ source: Source, _ field: String) throws(Failure) -> [UInt8] {
        switch source {
        case .data(let bytes): return bytes
        case .file(let path):
            do {
                return try File.read(path)
            } catch {
                throw Failure(field: field, path: path, message: "cannot be read: \(error)")
            }
        }
    }

    private func pem(_ source: Source, _ field: String) throws(Failure) -> [UInt8] {
        let bytes = try read(source, field)
        guard String(decoding: bytes, as: UTF8.self).contains("-----BEGIN ") else {
            throw Failure(field: source.path == nil ? field + "-data" : field, path: source.path, message: "holds no PEM block")
        }
        return bytes
    }
}

extension CredentialFiles {
    /// How often files are looked at: the kubelet replaces a token well before its end.
    static let interval: Duration = .seconds(60)

    /// A source that looks at the files every minute, and at once after a 401. Files that cannot be read any more leave the
    /// last credential in place.
    func source(initial: Credential, time: TimeSource) -> any CredentialSource {
        guard hasFiles else { return FixedCredential(initial) }
        let cache = FileCache(self, initial)
        return RefreshingCredential(time: time) { isRejected in
            let credential = try await cache.refresh(always: isRejected)
            return RefreshingCredential.Loaded(credential: credential, due: time.now() + Self.interval)
        }
    }
}

/// The last credential that could be read, and the state of the files then.
private actor FileCache {
    private let files: CredentialFiles
    private var credential: Credential
    private var stamps: [File.Stamp?] = []

    init(_ files: CredentialFiles, _ initial: Credential) {
        self.files = files
        credential = initial
    }

    func refresh(always: Bool) async throws -> Credential {
        let (files, known) = (files, stamps)
        let found = try await OwnThread.run { () -> (Credential, [File.Stamp?])? in
            let stamps = files.stamps
            guard always || stamps != known, let credential = try? files.load() else { return nil }
            return (credential, stamps)
        }
        if let found { (credential, stamps) = found }
        return credential
    }
}
