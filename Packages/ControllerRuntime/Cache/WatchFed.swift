package import JSON
package import KubernetesClient
package import KubernetesModel

/// An informer of whatever kind that is told objects as trees: what a simulation feeds in a reflector's place.
package protocol WatchFed: Sendable {
    var resource: ResourceType { get }
    /// As in the query; nil selects all.
    var labelSelector: String? { get }
    func take(tree event: ReflectorEvent<JSONValue>) throws
}

extension Informer: WatchFed {
    package var labelSelector: String? { selector.labels }

    package func take(tree event: ReflectorEvent<JSONValue>) throws {
        switch event {
        case .initialStart: take(.initialStart)
        case .initial(let tree): take(.initial(try Object(parsing: tree.serialized())))
        case .initialDone(let version): take(.initialDone(resourceVersion: version))
        case .applied(let tree): take(.applied(try Object(parsing: tree.serialized())))
        case .deleted(let tree): take(.deleted(try Object(parsing: tree.serialized())))
        case .bookmark, .trouble: break
        }
    }
}
