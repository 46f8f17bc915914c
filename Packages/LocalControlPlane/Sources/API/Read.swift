import JSON
import KubernetesModel

extension APICore {
    func get(_ call: Call) throws(StatusError) -> APIResponse {
        try checkFreshness(call)
        guard let object = store.object(call.resource.storage, call.key) else {
            throw .notFound(call.resource.groupResource, call.key.name)
        }
        return APIResponse(200, json: try render(object, call))
    }

    func filter(_ call: Call) throws(StatusError) -> ObjectFilter {
        var filter = ObjectFilter(namespace: call.resource.namespaced ? call.namespace : nil, name: call.name)
        if let text = call.request.parameter("labelSelector") { filter.labels = try LabelQuery(parsing: text) }
        if let text = call.request.parameter("fieldSelector") { filter.fields = try FieldQuery(parsing: text, for: call.resource) }
        return filter
    }

    /// A revision nobody has seen yet: the client read it from another server.
    private func checkFreshness(_ call: Call) throws(StatusError) {
        guard let text = call.request.parameter("resourceVersion"), !text.isEmpty else { return }
        guard let wanted = Int64(text), wanted >= 0 else {
            throw .badRequest("invalid resource version \"\(text)\"")
        }
        if wanted > store.revision { throw .tooLargeResourceVersion(wanted, current: store.revision) }
    }

    func list(_ call: Call) throws(StatusError) -> APIResponse {
        let filter = try filter(call)
        var objects = store.all(call.resource.storage)
        var revision = store.revision
        var start: ObjectKey?
        if let token = call.request.parameter("continue"), !token.isEmpty {
            let position = try ContinueToken(token)
            guard let snapshot = store.snapshot(call.resource.storage, at: position.revision) else {
                throw .expired(
                    "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
                        + "the continue parameter.")
            }
            objects = snapshot
            revision = position.revision
            start = position.key
        } else {
            try checkFreshness(call)
            if call.request.parameter("resourceVersionMatch") == "Exact" {
                guard let exact = call.request.integer("resourceVersion"), exact > 0 else {
                    throw .badRequest("resourceVersionMatch is forbidden unless resourceVersion is provided")
                }
                guard let snapshot = store.snapshot(call.resource.storage, at: exact) else {
                    throw .expired("The resourceVersion for the provided list is too old.")
                }
                objects = snapshot
                revision = exact
            }
        }
        var matching = objects.filter { filter.matches($0.key, $0.value) }.sorted { $0.key < $1.key }
        if let start { matching.removeAll { $0.key < start } }
        var metadata: JSONValue = ["resourceVersion": .string(String(revision))]
        if let limit = call.request.integer("limit"), limit > 0, matching.count > Int(limit) {
            metadata["continue"] = .string(ContinueToken(revision: revision, key: matching[Int(limit)].key).text)
            // With a selector the real server does not count the rest either.
            if filter.labels.requirements.isEmpty, filter.fields.requirements.isEmpty {
                metadata["remainingItemCount"] = .int(Int64(matching.count) - limit)
            }
            matching.removeLast(matching.count - Int(limit))
        }
        return APIResponse(200, json: try renderList(matching.map(\.value), call, metadata: metadata))
    }

    func watch(_ call: Call) throws(StatusError) -> Watch {
        var watch = Watch(
            resource: call.resource, filter: try filter(call), format: OutputFormat(accept: call.request.header("Accept")),
            includeObject: call.request.parameter("includeObject") ?? "Metadata",
            sendsBookmarks: call.request.isTrue("allowWatchBookmarks"),
            timeoutSeconds: call.request.integer("timeoutSeconds").flatMap { $0 > 0 ? $0 : nil })
        let version = call.request.parameter("resourceVersion") ?? ""
        let sendsInitial = call.request.parameter("sendInitialEvents")
        guard let revision = version.isEmpty ? 0 : Int64(version) else {
            throw .badRequest("invalid resource version \"\(version)\"")
        }
        if revision > store.revision { throw .tooLargeResourceVersion(revision, current: store.revision) }
        let matching = { self.store.all(call.resource.storage).filter { watch.filter.matches($0.key, $0.value) } }
        if sendsInitial == "true" || (sendsInitial == nil && revision == 0) {
            watch.initial = matching().sorted { $0.key < $1.key }.map(\.value)
            watch.revision = store.revision
            watch.marksEndOfInitial = sendsInitial == "true"
        } else {
            watch.revision = revision == 0 ? store.revision : revision
        }
        return watch
    }
}

/// Where a paged list goes on: a revision and the first key not yet sent.
struct ContinueToken {
    var revision: Int64
    var key: ObjectKey

    init(revision: Int64, key: ObjectKey) {
        self.revision = revision
        self.key = key
    }

    /// Opaque to clients; hex keeps it safe in a query.
    var text: String {
        let json: JSONValue = ["rv": .int(revision), "ns": .string(key.namespace), "name": .string(key.name)]
        return json.serialized().map { IdentifierSource.hex(UInt64($0)).suffix(2) }.joined()
    }

    init(_ text: String) throws(StatusError) {
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        guard let json = try? JSONValue(parsing: bytes), let revision = json["rv"]?.intValue, let name = json["name"]?.stringValue
        else {
            throw .badRequest("invalid continue token: continue key is not valid")
        }
        self.revision = revision
        key = ObjectKey(namespace: json["ns"]?.stringValue ?? "", name: name)
    }
}
