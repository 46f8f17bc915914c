/// Names of a set's children. Deterministic; past Kubernetes' limits the set's name is cut and hashed.
public struct ChildNames: Sendable, Hashable {
    public var set: String

    public init(set: String) {
        self.set = set
    }

    /// Services are DNS labels of at most 63 characters (RFC 1035).
    public var service: String { Self.fit(set, limit: 63) }
    public var headlessService: String { Self.fit(set, suffix: "-headless", limit: 63) }
    /// Its pods' names, `<name>-<10>-<5>`, are cut by Kubernetes where they would be too long.
    public var deployment: String { Self.fit(set, limit: 63) }
    /// The Role, RoleBinding, NetworkPolicy and PodDisruptionBudget; the ServiceAccount too unless the user names it.
    public var plain: String { Self.fit(set, limit: 253) }
    /// A label's value has at most 63 characters.
    public var labelValue: String { Self.fit(set, limit: 63) }

    public func configMap(_ version: Version) -> String { Self.fit(set, suffix: "-\(version.short)", limit: 253) }

    /// A StatefulSet's name leaves room for the pod label `controller-revision-hash`: `<name>-<10 digits>` in 63 characters.
    public func statefulSet(_ ordinal: Int, version: Version? = nil) -> String {
        Self.fit(set, suffix: version.map { "-\($0.short)-\(ordinal)" } ?? "-\(ordinal)", limit: 52)
    }

    /// `base + suffix`, or the start of `base` with eight digits of its hash where that is too long.
    static func fit(_ base: String, suffix: String = "", limit: Int) -> String {
        guard base.utf8.count + suffix.utf8.count > limit else { return base + suffix }
        var start = base.prefix(limit - suffix.utf8.count - 9)
        while start.last == "-" || start.last == "." { start.removeLast() }
        return "\(start)-\(SHA256.hex(Array(base.utf8)).prefix(8))\(suffix)"
    }
}
