/// The objects that left last, with the resource version of their leaving; older ones are forgotten.
struct RecentDepartures {
    private static let capacity = 512
    private var ring: [String] = []
    private var position = 0
    private var versions: [String: String] = [:]

    /// Whether `version` of the object is no newer than its leaving. One that was only not selected any more may come back.
    func contains(_ uid: String, _ version: String) -> Bool {
        guard let left = versions[uid] else { return false }
        return version == left || ResourceVersion.isOlder(version, than: left)
    }

    mutating func insert(_ uid: String, _ version: String) {
        guard !uid.isEmpty, versions.updateValue(version, forKey: uid) == nil else { return }
        if ring.count < Self.capacity {
            ring.append(uid)
        } else {
            versions[ring[position]] = nil
            ring[position] = uid
            position = (position + 1) % ring.count
        }
    }
}
