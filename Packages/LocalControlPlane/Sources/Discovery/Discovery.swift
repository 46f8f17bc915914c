import JSON

extension APICore {
    func discovery(_ parts: [String], _ request: APIRequest) throws(StatusError) -> APIResponse {
        let isCore = parts[0] == "api"
        switch parts.count {
        case 1:
            if request.header("Accept").contains("g=apidiscovery.k8s.io") { return aggregated(isCore: isCore) }
            return APIResponse(200, json: isCore ? coreVersions : groupList)
        case 2 where isCore: return try resourceList(parts[1])
        case 2:
            guard let versions = registry.versions[parts[1]] else { return APIResponse(404, text: "404 page not found\n") }
            var group = self.group(parts[1], versions)
            group["kind"] = "APIGroup"
            group["apiVersion"] = "v1"
            return APIResponse(200, json: group)
        case 3 where !isCore: return try resourceList("\(parts[1])/\(parts[2])")
        default: throw StatusError.unknownResource
        }
    }

    private var coreVersions: JSONValue {
        [
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": "127.0.0.1"]],
        ]
    }

    private var groups: [(name: String, versions: [String])] {
        registry.versions.filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private var groupList: JSONValue {
        ["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups.map { group($0.name, $0.versions) })]
    }

    private func group(_ name: String, _ versions: [String]) -> JSONValue {
        let list = versions.map { version -> JSONValue in
            ["groupVersion": .string("\(name)/\(version)"), "version": .string(version)]
        }
        return ["name": .string(name), "versions": .array(list), "preferredVersion": list.first ?? [:]]
    }

    private func resourceList(_ apiVersion: String) throws(StatusError) -> APIResponse {
        let resources = registry.resources(apiVersion: apiVersion)
        guard !resources.isEmpty else { return APIResponse(404, text: "404 page not found\n") }
        var list: [JSONValue] = []
        for resource in resources {
            var item: JSONValue = [
                "name": .string(resource.plural), "singularName": .string(resource.singular),
                "namespaced": .bool(resource.namespaced),
                "kind": .string(resource.kind), "verbs": .array(resource.verbs.map { .string($0) }),
            ]
            if !resource.shortNames.isEmpty { item["shortNames"] = .array(resource.shortNames.map { .string($0) }) }
            if !resource.categories.isEmpty { item["categories"] = .array(resource.categories.map { .string($0) }) }
            list.append(item)
            for name in resource.subresources.sorted() {
                let subresource = Subresource(name, of: resource)
                var item: JSONValue = [
                    "name": .string("\(resource.plural)/\(name)"), "singularName": "", "namespaced": .bool(resource.namespaced),
                    "kind": .string(subresource.kind), "verbs": .array(subresource.verbs.map { .string($0) }),
                ]
                if subresource.group != resource.group {
                    item["group"] = .string(subresource.group)
                    item["version"] = .string(subresource.version)
                }
                list.append(item)
            }
        }
        return APIResponse(
            200,
            json: ["kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(apiVersion), "resources": .array(list)])
    }

    /// `apidiscovery.k8s.io/v2`: all of it in one answer.
    private func aggregated(isCore: Bool) -> APIResponse {
        let list = isCore ? [(name: "", versions: ["v1"])] : groups
        let items = list.map { name, versions -> JSONValue in
            let metadata: JSONValue = name.isEmpty ? [:] : ["name": .string(name)]
            return [
                "metadata": metadata,
                "versions": .array(
                    versions.map { version in
                        let resources = registry.resources(apiVersion: name.isEmpty ? version : "\(name)/\(version)")
                        return [
                            "version": .string(version), "freshness": "Current", "resources": .array(resources.map(aggregated)),
                        ]
                    }),
            ]
        }
        var response = APIResponse(
            200,
            json: [
                "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:], "items": .array(items),
            ])
        response.headers = [("Content-Type", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")]
        return response
    }

    private func aggregated(_ resource: Resource) -> JSONValue {
        var item: JSONValue = [
            "resource": .string(resource.plural), "singularResource": .string(resource.singular),
            "scope": resource.namespaced ? "Namespaced" : "Cluster", "verbs": .array(resource.verbs.map { .string($0) }),
            "responseKind": [
                "group": .string(resource.group), "version": .string(resource.version), "kind": .string(resource.kind),
            ],
        ]
        if !resource.shortNames.isEmpty { item["shortNames"] = .array(resource.shortNames.map { .string($0) }) }
        if !resource.categories.isEmpty { item["categories"] = .array(resource.categories.map { .string($0) }) }
        if !resource.subresources.isEmpty {
            item["subresources"] = .array(
                resource.subresources.sorted().map { name in
                    let subresource = Subresource(name, of: resource)
                    return [
                        "subresource": .string(name), "verbs": .array(subresource.verbs.map { .string($0) }),
                        "responseKind": [
                            "group": .string(subresource.group), "version": .string(subresource.version),
                            "kind": .string(subresource.kind),
                        ],
                    ]
                })
        }
        return item
    }
}

/// What a subresource takes and gives.
private struct Subresource {
    var group: String
    var version: String
    var kind: String
    var verbs: [String]

    init(_ name: String, of resource: Resource) {
        (group, version, kind) = (resource.group, resource.version, resource.kind)
        switch name {
        case "scale":
            (group, version, kind) = ("autoscaling", "v1", "Scale")
            verbs = ["get", "patch", "update"]
        case "eviction":
            (group, version, kind) = ("policy", "v1", "Eviction")
            verbs = ["create"]
        case "token":
            (group, version, kind) = ("authentication.k8s.io", "v1", "TokenRequest")
            verbs = ["create"]
        case "binding":
            kind = "Binding"
            verbs = ["create"]
        case "finalize": verbs = ["update"]
        default: verbs = ["get", "patch", "update"]
        }
    }
}
