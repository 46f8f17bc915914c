import Glibc

/// The three files of a node, in PEM.
public struct NodeFiles: Sendable, Hashable {
    public var authority: [UInt8]
    public var certificate: [UInt8]
    public var key: [UInt8]

    public init(authority: [UInt8], certificate: [UInt8], key: [UInt8]) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }

    static let names = ["ca.crt", "tls.crt", "tls.key"]

    /// - Returns: nil where one of them is missing.
    static func read(_ directory: String) -> NodeFiles? {
        let contents = names.compactMap { bytes("\(directory)/\($0)") }
        guard contents.count == 3 else { return nil }
        return NodeFiles(authority: contents[0], certificate: contents[1], key: contents[2])
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return bytes
    }
}

/// A Secret as the kubelet mounts it: a directory for each content, and the symbolic link `..data` that is moved to the newest.
public struct MountedSecret: Sendable {
    public let directory: String

    public struct Failed: Error { public let path: String }

    /// - Parameter directory: is made, and belongs to this mount.
    public init(directory: String) throws(Failed) {
        self.directory = directory
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw Failed(path: directory) }
    }

    /// All three files change at once, or none.
    public func publish(_ files: NodeFiles) throws(Failed) {
        var stamp = timespec()
        clock_gettime(CLOCK_REALTIME, &stamp)
        let content = "..\(stamp.tv_sec)_\(stamp.tv_nsec)"
        guard mkdir("\(directory)/\(content)", 0o700) == 0 else { throw Failed(path: content) }
        for (name, bytes) in zip(NodeFiles.names, [files.authority, files.certificate, files.key]) {
            try write(bytes, to: "\(directory)/\(content)/\(name)")
            symlink("..data/\(name)", "\(directory)/\(name)")
        }
        let before = target(of: "\(directory)/..data")
        let link = "\(directory)/..data_tmp"
        unlink(link)
        guard symlink(content, link) == 0, rename(link, "\(directory)/..data") == 0 else { throw Failed(path: link) }
        if let before { Self.remove("\(directory)/\(before)") }
    }

    public func remove() {
        if let last = target(of: "\(directory)/..data") { Self.remove("\(directory)/\(last)") }
        for name in NodeFiles.names + ["..data"] { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    private static func remove(_ directory: String) {
        for name in NodeFiles.names { unlink("\(directory)/\(name)") }
        rmdir(directory)
    }

    private func target(of link: String) -> String? {
        var path = [CChar](repeating: 0, count: 256)
        let count = readlink(link, &path, path.count)
        guard count > 0 else { return nil }
        return String(decoding: path.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func write(_ bytes: [UInt8], to path: String) throws(Failed) {
        guard let file = fopen(path, "w") else { throw Failed(path: path) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failed(path: path) }
    }
}
