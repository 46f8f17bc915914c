import CoreMetrics
public import JSON
public import KubernetesClient
public import KubernetesModel

/// Brings objects to what is wanted by server-side apply, and sends nothing where they already are.
public final class Applier: Sendable {
    private let client: KubernetesClient
    private let controller: String
    private let memo = ApplyMemo()

    public init(client: KubernetesClient, controller: String) {
        self.client = client
        self.controller = controller
    }

    /// - Parameters:
    ///   - live: what the cache holds under the object's key; nil where it holds nothing.
    ///   - owner: UID of the object that controls what we make.
    /// - Returns: the object as the server has it now, for the cache; nil where the cache was right and nothing was sent.
    /// - Throws: `ApplyFailure` where trying again would not help, `ReconcileError.waiting` while the object of a predecessor of
    ///   the same name is being removed, else `APIError`.
    public func apply(_ desired: DesiredObject, live: LiveChild?, owner: String) async throws -> JSONValue? {
        let intent = OwnedFields.digest(ofIntent: desired.object)
        if desired.takesOver { return try await takeOver(desired, intent, owner) }
        if desired.isAmendment { return live?.owned == intent ? nil : try await send(desired, intent, force: true) }
        if let live, live.controllerUID == owner {
            if live.owned == intent || memo.isAsApplied(desired, live, intent) { return nil }
            return try await correct(desired, intent, owner)
        }
        // Not in a cache selected by label: somebody else's may still be there. A read is cheaper than a wrong write.
        if let existing = try await read(desired) { return try await take(existing, desired, intent, owner) }
        do {
            // Without force: what somebody else makes in this very moment is a conflict, not ours to overwrite.
            return try await send(desired, intent, force: false)
        } catch let error as APIError where error.code == .conflict {
            guard let existing = try await read(desired) else { throw error }
            return try await take(existing, desired, intent, owner)
        }
    }

    /// - Returns: the object on its way out, or nil when it is gone.
    public func delete(
        _ resource: ResourceType, _ key: ObjectKey, uid: String, propagation: DeletionPropagation = .background
    ) async throws -> JSONValue? {
        memo.forget(resource, key)
        do {
            let answer = try await client.delete(
                resource, key, preconditions: Preconditions(uid: uid), propagation: propagation)
            count("delete", resource)
            // many kinds answer with the object as it last was; only one that still has to stop carries a deletion time
            return answer[path: "metadata", "deletionTimestamp"] == nil ? nil : answer
        } catch {
            if error.code == .notFound { return nil }
            guard error.code == .conflict, try await isGone(resource, key, uid: uid) else { throw error }
            return nil
        }
    }

    /// Writes the whole status as ours.
    /// - Parameter uid: of the object meant; one that has taken its name is a conflict then.
    public func applyStatus(
        _ resource: ResourceType, _ key: ObjectKey, uid: String? = nil, _ status: JSONValue
    ) async throws -> JSONValue {
        var object: JSONValue = ["status": status]
        if let uid { object["metadata"] = ["uid": .string(uid)] }
        let written = try await client.apply(resource, key, object, subresource: "status", force: true)
        count("status", resource)
        return written
    }

    /// Sets annotations and removes those that are nil; nothing else of the object is touched.
    /// - Returns: nil where the object of that UID is gone.
    public func annotate(
        _ resource: ResourceType, _ key: ObjectKey, uid: String, _ annotations: [String: String?]
    ) async throws -> JSONValue? {
        let values = annotations.mapValues { $0.map { JSONValue.string($0) } ?? .null }
        do {
            return try await merge(resource, key, uid: uid, ["metadata": ["annotations": .object(values)]])
        } catch let error as APIError {
            guard error.code == .notFound || error.code == .conflict else { throw error }
            return nil
        }
    }

    /// JSON merge patch. Unlike an apply it takes no fields but those that it names, and leaves them to the next who writes them.
    /// - Parameters:
    ///   - uid: of the object meant; one that has taken its name is a conflict.
    ///   - resourceVersion: any later one is a conflict.
    /// - Throws: `ApplyFailure` where trying again would not help, else `APIError`.
    public func merge(
        _ resource: ResourceType, _ key: ObjectKey, uid: String, resourceVersion: String? = nil, _ change: JSONValue
    ) async throws -> JSONValue {
        var patch = change
        patch[path: "metadata", "uid"] = .string(uid)
        if let resourceVersion { patch[path: "metadata", "resourceVersion"] = .string(resourceVersion) }
        do {
            let written = try await client.patch(resource, key, .merge(patch))
            count("patch", resource)
            return written
        } catch {
            throw ApplyFailure.of(error, resource, key)
        }
    }

    // MARK: Steps

    /// A conflict may mean another object of that name. But it may also pass, and what is taken for gone is never deleted.
    private func isGone(_ resource: ResourceType, _ key: ObjectKey, uid: String) async throws -> Bool {
        do {
            return try await client.get(resource, key)[path: "metadata", "uid"]?.stringValue != uid
        } catch {
            guard error.code == .notFound else { throw error }
            return true
        }
    }

    private func read(_ desired: DesiredObject) async throws -> JSONValue? {
        do {
            return try await client.get(desired.resource, desired.key)
        } catch {
            guard error.code == .notFound else { throw ApplyFailure.of(error, desired) }
            return nil
        }
    }

    private func take(
        _ existing: JSONValue, _ desired: DesiredObject, _ intent: Digest, _ owner: String
    ) async throws -> JSONValue {
        switch Claim(existing, desired: desired, owner: owner, manager: client.fieldManager) {
        case .ours(let owned) where owned == intent: return existing
        case .ours, .abandoned: return try await send(desired, intent, force: true)
        case .predecessor: throw ReconcileError.waiting(.seconds(2), reason: "PredecessorRemains")
        case .foreign(let owner): throw ApplyFailure.foreign(desired.resource, desired.key, owner: owner)
        }
    }

    /// What somebody else wrote into an object of ours may be what makes it invalid together with the intent: an element of a list,
    /// keyed by what they changed, stays beside ours. Then their part goes.
    private func correct(_ desired: DesiredObject, _ intent: Digest, _ owner: String) async throws -> JSONValue {
        do {
            return try await send(desired, intent, force: true)
        } catch let failure as ApplyFailure {
            guard case .rejected = failure else { throw failure }
            return try await takeOver(desired, intent, owner)
        }
    }

    /// An object of ours that an earlier field manager made becomes what the intent says, and no more than that. A crash between
    /// the two writes leaves an object that is as before, with all of its spec ours: an ordinary apply finishes it.
    private func takeOver(_ desired: DesiredObject, _ intent: Digest, _ owner: String) async throws -> JSONValue {
        let existing: JSONValue
        do {
            existing = try await client.get(desired.resource, desired.key)
        } catch {
            throw ApplyFailure.of(error, desired)
        }
        guard case .ours = Claim(existing, desired: desired, owner: owner, manager: client.fieldManager) else {
            return try await take(existing, desired, intent, owner)
        }
        if let fields = FieldTakeover.managedFields(of: existing, for: client.fieldManager) {
            let version = existing[path: "metadata", "resourceVersion"] ?? .null
            do {
                let patch: JSONValue = ["metadata": ["resourceVersion": version, "managedFields": fields]]
                _ = try await client.patch(desired.resource, desired.key, .merge(patch))
            } catch {
                throw ApplyFailure.of(error, desired)
            }
            count("patch", desired.resource)
        }
        return try await send(desired, intent, force: true)
    }

    private func send(_ desired: DesiredObject, _ intent: Digest, force: Bool) async throws -> JSONValue {
        do {
            let written = try await client.apply(desired.resource, desired.key, desired.object, force: force)
            count("apply", desired.resource)
            memo.remember(desired, intent, written, manager: client.fieldManager)
            return written
        } catch {
            throw ApplyFailure.of(error, desired)
        }
    }

    private func count(_ verb: String, _ resource: ResourceType) {
        Counter(
            label: "spiceai_operator_writes_total",
            dimensions: [("controller", controller), ("verb", verb), ("resource", resource.plural)]
        ).increment()
    }
}
