/// What a StorageClass says about growing.
struct ObservedStorageClass: Sendable, Hashable {
    var name: String
    var allowsExpansion: Bool
    var isDefault: Bool
}
