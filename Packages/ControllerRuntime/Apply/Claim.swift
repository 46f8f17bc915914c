import JSON

/// Whose an object is that already has the name of one we want.
enum Claim: Equatable {
    /// Controlled by the object we work for; with the digest of what we own of it.
    case ours(Digest?)
    /// Made by us and left without an owner, as `kubectl delete --cascade=orphan` does: it is taken up again.
    case abandoned
    /// Of an object of the same kind and name that is gone: the garbage collector is about to remove it.
    case predecessor
    /// Somebody else's; with the owner's kind and name.
    case foreign(String?)

    init(_ existing: JSONValue, desired: DesiredObject, owner: String, manager: String) {
        let owned = OwnedFields.digest(of: existing, manager: manager)
        guard let controller = Self.controller(of: existing) else {
            self = owned == nil ? .foreign(nil) : .abandoned
            return
        }
        let wanted = Self.controller(of: desired.object)
        let (kind, name) = (controller["kind"]?.stringValue ?? "", controller["name"]?.stringValue ?? "")
        if controller["uid"]?.stringValue == owner {
            self = .ours(owned)
        } else if let wanted, wanted["kind"] == controller["kind"], wanted["name"] == controller["name"] {
            self = .predecessor
        } else {
            self = .foreign("\(kind) \(name)")
        }
    }

    private static func controller(of object: JSONValue) -> JSONValue? {
        object[path: "metadata", "ownerReferences"]?.arrayValue?.first { $0["controller"] == true }
    }
}
