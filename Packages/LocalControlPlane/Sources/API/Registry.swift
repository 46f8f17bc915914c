import JSON
import KubernetesSchema

/// All resources the API serves: the built-in ones and those of the CRDs.
struct Registry: Sendable {
    private var resources: [String: [String: Resource]] = [:]
    /// Versions in the order of preference, by group.
    private(set) var versions: [String: [String]] = [:]
    private var customVersions: [GroupResource: CustomResourceVersions] = [:]

    init() {
        for resource in Self.builtIns { add(resource) }
    }

    /// The resource of a path's group version and plural.
    func resource(apiVersion: String, plural: String) -> Resource? { resources[apiVersion]?[plural] }

    /// Any served version of a stored resource.
    func resource(_ id: GroupResource) -> Resource? {
        versions[id.group]?.lazy.compactMap { self.resources[id.group.isEmpty ? $0 : "\(id.group)/\($0)"]?[id.plural] }.first
    }

    func resource(apiVersion: String, kind: String) -> Resource? {
        resources[apiVersion]?.values.first { $0.kind == kind }
    }

    func resource(group: String, kind: String) -> Resource? {
        for version in versions[group] ?? [] {
            if let found = resource(apiVersion: group.isEmpty ? version : "\(group)/\(version)", kind: kind) { return found }
        }
        return nil
    }

    func resources(apiVersion: String) -> [Resource] { (resources[apiVersion] ?? [:]).values.sorted { $0.plural < $1.plural } }

    /// Every stored resource once.
    var stored: [Resource] {
        var seen: Set<GroupResource> = []
        return resources.sorted { $0.key < $1.key }.flatMap { $0.value.values.sorted { $0.plural < $1.plural } }
            .filter { $0.groupResource == $0.storage && seen.insert($0.storage).inserted }
    }

    /// The versions of a custom resource, with those that are not served.
    func versions(of id: GroupResource) -> CustomResourceVersions? { customVersions[id] }

    mutating func setVersions(_ versions: CustomResourceVersions?, of id: GroupResource) { customVersions[id] = versions }

    /// Whether any custom resource is converted by a webhook.
    var hasConversionWebhook: Bool { customVersions.values.contains(where: \.hasWebhook) }

    /// Every served version of what is stored there, the preferred ones first.
    func resources(storedAs id: GroupResource) -> [Resource] {
        (versions[id.group] ?? []).compactMap {
            resource(apiVersion: id.group.isEmpty ? $0 : "\(id.group)/\($0)", plural: id.plural)
        }
        .filter { $0.storage == id }
    }

    mutating func add(_ resource: Resource) {
        resources[resource.apiVersion, default: [:]][resource.plural] = resource
        var list = versions[resource.group] ?? []
        if !list.contains(resource.version) {
            list.append(resource.version)
            versions[resource.group] = list.sorted { APIVersionOrder.isPreferred($0, over: $1) }
        }
    }

    mutating func remove(_ id: GroupResource) {
        customVersions[id] = nil
        for version in versions[id.group] ?? [] {
            let apiVersion = id.group.isEmpty ? version : "\(id.group)/\(version)"
            resources[apiVersion]?[id.plural] = nil
            if resources[apiVersion]?.isEmpty == true {
                resources[apiVersion] = nil
                versions[id.group]?.removeAll { $0 == version }
            }
        }
        if versions[id.group]?.isEmpty == true { versions[id.group] = nil }
    }
}
