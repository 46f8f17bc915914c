public import JSON
public import KubernetesModel

extension KubernetesClient {
    /// How many objects a page of a list has: client-go's number.
    public static let pageLimit = 500

    public func get(_ resource: ResourceType, _ key: ObjectKey, subresource: String? = nil) async throws(APIError) -> JSONValue {
        let request = HTTPRequest(.get, try path(resource, key, subresource), headers: [("Accept", "application/json")])
        return try Self.tree(try await perform(Call(verb: .get, resource: resource, subresource: subresource, request: request)))
    }

    public func get<T: Decodable>(
        _ type: T.Type, _ resource: ResourceType, _ key: ObjectKey, subresource: String? = nil
    ) async throws(APIError) -> T {
        let tree = try await get(resource, key, subresource: subresource)
        do {
            return try JSONTreeDecoder().decode(type, from: tree)
        } catch {
            throw Self.decodingError(error)
        }
    }

    /// Reads a path that belongs to no resource, such as `/version`.
    public func get(path: String, query: [(name: String, value: String)] = []) async throws(APIError) -> HTTPResponse {
        try await perform(Call(verb: .get, request: HTTPRequest(.get, path, query: query)))
    }

    /// One page of a list, scanned straight into `Object`.
    ///
    /// Without a resource version the list is consistent: it is what the store holds, never an older state of one replica's
    /// cache, so that a restart cannot go back in time.
    /// - Parameters:
    ///   - namespace: nil for all.
    ///   - limit: nil for all objects at once.
    ///   - continueToken: of the page before.
    /// - Throws: `APIError`; `.expired` when the page before is too old to go on from.
    public func listPage<Object: JSONScannable & Sendable>(
        _ type: Object.Type, _ resource: ResourceType, namespace: String?, selector: Selector = .all,
        limit: Int? = pageLimit, continueToken: String? = nil
    ) async throws(APIError) -> ListPage<Object> {
        var request = try collection(resource, namespace, selector)
        request.headers = [("Accept", "application/json")]
        request.acceptsCompression = true
        if let limit { request.query.append(("limit", "\(limit)")) }
        if let continueToken { request.query.append(("continue", continueToken)) }
        let response = try await perform(Call(verb: .list, resource: resource, request: request))
        do {
            return try ListPage(parsing: response.body)
        } catch {
            throw Self.decodingError(error, response)
        }
    }

    /// A whole list, read page by page. A list that expires in between begins anew once.
    public func list<Object: JSONScannable & Sendable>(
        _ type: Object.Type, _ resource: ResourceType, namespace: String?, selector: Selector = .all, limit: Int? = pageLimit
    ) async throws(APIError) -> ListPage<Object> {
        var whole = ListPage<Object>()
        var mayRestart = true
        while true {
            let page: ListPage<Object>
            do {
                page = try await listPage(
                    type, resource, namespace: namespace, selector: selector, limit: limit, continueToken: whole.continueToken)
            } catch {
                guard error.code == .expired, whole.continueToken != nil, mayRestart else { throw error }
                mayRestart = false
                whole = ListPage()
                continue
            }
            whole.items.append(contentsOf: page.items)
            whole.resourceVersion = page.resourceVersion
            whole.apiVersion = page.apiVersion
            whole.kind = page.kind
            whole.continueToken = page.continueToken
            if whole.continueToken == nil { return whole }
        }
    }

    /// A whole list as trees, each with its `apiVersion` and `kind`.
    public func list(
        _ resource: ResourceType, namespace: String?, selector: Selector = .all, limit: Int? = pageLimit
    ) async throws(APIError) -> ListPage<JSONValue> {
        var page = try await list(JSONValue.self, resource, namespace: namespace, selector: selector, limit: limit)
        page.nameKinds()
        return page
    }

    /// Opens a watch from `resourceVersion` on: a stream of lines, one event each. `Reflector` is what controllers use.
    /// - Throws: `APIError`; `.expired` when the version is too old.
    public func watch(
        _ resource: ResourceType, namespace: String?, selector: Selector = .all, resourceVersion: String,
        timeout: Duration, bookmarks: Bool = true
    ) async throws(APIError) -> HTTPStream {
        var request = try collection(resource, namespace, selector)
        request.headers = [("Accept", "application/json")]
        request.query += [("watch", "true"), ("resourceVersion", resourceVersion)]
        request.query.append(("timeoutSeconds", "\(max(1, timeout.components.seconds))"))
        if bookmarks { request.query.append(("allowWatchBookmarks", "true")) }
        return try await repeating(Call(verb: .watch, resource: resource, request: request)) { request async throws(APIError) in
            let stream: HTTPStream
            do {
                stream = try await transport.open(request)
                guard (200..<300).contains(stream.status) else { throw APIError(try await Self.collect(stream)) }
            } catch {
                throw APIError(transport: error)
            }
            return (stream, stream.status)
        }
    }

    /// The body of a refusal, as far as it is of use.
    private static func collect(_ stream: HTTPStream) async throws -> HTTPResponse {
        var response = HTTPResponse(status: stream.status, headers: stream.headers)
        for try await chunk in stream.chunks {
            response.body += chunk
            if response.body.count > 1 << 20 { break }
        }
        return response
    }

    private func collection(
        _ resource: ResourceType, _ namespace: String?, _ selector: Selector
    ) throws(APIError) -> HTTPRequest {
        if let namespace, !namespace.isEmpty, !Self.isSegment(namespace) {
            throw APIError(.badRequest, "\"\(namespace)\" cannot name a namespace")
        }
        return HTTPRequest(.get, resource.path(namespace: namespace), query: selector.query)
    }
}
