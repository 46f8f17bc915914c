import JSON
import KubernetesModel
import Synchronization

/// What was applied and what it became, where the two differ: a value that the server rewrites in a way `NormalForm` does not
/// know must not be applied again and again.
final class ApplyMemo: Sendable {
    private struct Key: Hashable {
        var resource: ResourceType
        var key: ObjectKey
    }

    private struct Entry {
        var intent: Digest
        var uid: String
        var resourceVersion: String
        var owned: Digest?
    }

    private let entries = Mutex<[Key: Entry]>([:])

    /// Whether this intent was applied and nothing of ours has changed since.
    func isAsApplied(_ desired: DesiredObject, _ live: LiveChild, _ intent: Digest) -> Bool {
        entries.withLock { entries in
            guard let entry = entries[Key(resource: desired.resource, key: desired.key)], entry.intent == intent,
                entry.uid == live.uid
            else { return false }
            return entry.resourceVersion == live.resourceVersion || (entry.owned != nil && entry.owned == live.owned)
        }
    }

    func remember(_ desired: DesiredObject, _ intent: Digest, _ written: JSONValue, manager: String) {
        let owned = OwnedFields.digest(of: written, manager: manager)
        let metadata = written["metadata"]
        let entry = Entry(
            intent: intent, uid: metadata?["uid"]?.stringValue ?? "",
            resourceVersion: metadata?["resourceVersion"]?.stringValue ?? "",
            owned: owned)
        entries.withLock { $0[Key(resource: desired.resource, key: desired.key)] = owned == intent ? nil : entry }
    }

    func forget(_ resource: ResourceType, _ key: ObjectKey) {
        entries.withLock { $0[Key(resource: resource, key: key)] = nil }
    }

    var count: Int { entries.withLock { $0.count } }
}
