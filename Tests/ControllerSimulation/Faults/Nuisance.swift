package import JSON
package import KubernetesClient
package import KubernetesModel
package import LocalControlPlane

/// Makes pods and nodes ail at the API, past the services, and well again.
package final class Nuisance {
    private let client: KubernetesClient
    private let server: APIServer
    /// Pods with an annotation that has to go again.
    private var ailing: [(key: ObjectKey, uid: String)] = []
    private var nodesDown: Set<Int> = []

    package init(_ client: KubernetesClient, _ server: APIServer) {
        self.client = client
        self.server = server
    }

    /// Loses readiness and keeps without it.
    package func makeUnready(_ key: ObjectKey, uid: String) async throws {
        try await annotate(key, ["hollow/not-ready": "true"])
        ailing.append((key, uid))
    }

    /// Its container ends once and is started again.
    package func crash(_ key: ObjectKey) async throws {
        try await annotate(key, ["hollow/fail": "crashloop", "hollow/fail-count": "1", "hollow/crash-after": "0"])
    }

    /// Pods that never get ready because their version is broken stay so.
    package func healPods() async throws {
        let pods = GroupResource(group: "", plural: "pods")
        for (key, uid) in ailing {
            guard let pod = server.stored(pods, key), pod[path: "metadata", "uid"] == .string(uid) else { continue }
            try await annotate(key, ["hollow/not-ready": .null])
        }
        ailing = []
    }

    package func node(_ index: Int, isDown: Bool) async throws {
        if isDown { nodesDown.insert(index) } else { nodesDown.remove(index) }
        let value: JSONValue = isDown ? "true" : .null
        _ = try await client.patch(
            .nodes, ObjectKey(name: "local-\(index)"), .merge(["metadata": ["annotations": ["hollow/down": value]]]))
    }

    package func healNodes() async throws {
        for index in nodesDown.sorted() { try await node(index, isDown: false) }
    }

    private func annotate(_ key: ObjectKey, _ annotations: JSONValue) async throws {
        try await tolerating(.notFound) { () async throws(APIError) in
            try await client.patch(.pods, key, .merge(["metadata": ["annotations": annotations]]))
        }
    }
}

/// Does what may meet one refusal that is no failure.
package func tolerating(_ code: APIError.Code, _ body: () async throws(APIError) -> JSONValue) async throws {
    do {
        _ = try await body()
    } catch {
        guard error.code == code else { throw error }
    }
}
