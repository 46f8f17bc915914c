public import JSON

extension SeededRandom {
    /// An object that the API server would accept in this version.
    public mutating func object(_ version: KindVersion) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": .string(version.apiVersion), "kind": .string(version.kind.rawValue),
            "metadata": ["name": "demo", "namespace": "default", "uid": "u", "generation": 3], "spec": version.spec.random(&self),
        ]
        for path in version.pods {
            object.change(at: path) { pods in
                image(&pods, version)
                guard version.isStored else { return }
                claims(&pods)
                // the schema of v2 takes objects only
                if pods["spicepod"]?.objectValue == nil, pods["spicepod"] != nil || path.last != "executorSpec" {
                    pods["spicepod"] = tree()
                }
            }
        }
        if chance(30) { object[path: "metadata", "annotations"] = ["note": "kept"] }
        if chance(30) {
            object["status"] = version.status.random(&self)
            if version.kind == .set, !version.isStored, chance(30) {
                object[path: "status", "standbyExpiresAt"] = pick(1_700_000_000, 0, -1, .int(.max))
            }
            if version.kind == .cluster, chance(50) { error(&object) }
        }
        return object
    }

    /// A condition that v1alpha1 tells as an error.
    private mutating func error(_ cluster: inout JSONValue) {
        cluster[path: "status", "conditions"] = [
            [
                "type": pick("Ready", "CertificatesReady"), "status": pick("False", "False", "True"),
                "lastTransitionTime": "2026-11-21T06:54:33Z", "reason": pick("Forbidden", "Rejected", "Issuing"),
                "message": pick("not allowed", ""),
            ]
        ]
    }

    private mutating func image(_ spec: inout JSONValue, _ version: KindVersion) {
        guard spec["image"] != nil, chance(80) else { return }
        let name = pick("spiceai/spiceai", "a", "", "/a", "r.io/", "r.io//a", "team/a/b", "localhost/x", "a:1")
        if !version.isStored {
            spec[path: "image", "registry"] = pick("ghcr.io", "ghcr.io/", "localhost:5000", "team", "", "/", "r.io/deep/er")
            if chance(70) { spec[path: "image", "name"] = .string(name) }
        } else if chance(80) {
            spec[path: "image", "repository"] = .string(pick("ghcr.io/", "", "localhost/", "team/") + name)
        }
    }

    /// Claim templates of different names, with and without extras.
    private mutating func claims(_ spec: inout JSONValue) {
        guard chance(40) else { return }
        var names: [String?] = ["logs", chance(50) ? "data" : nil, "cache"]
        if chance(50) { names.swapAt(0, 1) }
        var templates: [JSONValue] = []
        for name in names where chance(60) {
            var template: JSONValue = ["spec": [:]]
            if let name { template["metadata"] = ["name": .string(name)] }
            if chance(70) { template[path: "spec", "resources"] = ["requests": ["storage": pick("1Gi", "20Gi", 5)]] }
            if chance(50) { template[path: "spec", "storageClassName"] = pick("standard", "fast") }
            if chance(30) { template[path: "spec", "accessModes"] = ["ReadWriteOnce"] }
            if chance(20) { template[path: "metadata", "labels"] = ["a": "b"] }
            templates.append(template)
        }
        spec["volumeClaimTemplates"] = .array(templates)
    }

    /// The tree with a few of its nodes replaced, dropped or renamed.
    public mutating func mutated(_ object: JSONValue) -> JSONValue {
        var object = object
        for _ in 0..<(1 + below(4)) {
            object = changed(object, path: 1 + below(6))
        }
        return object
    }

    private mutating func changed(_ tree: JSONValue, path: Int) -> JSONValue {
        guard path > 0 else { return node() }
        switch tree {
        case .object(var members):
            guard let key = pick(from: members.keys.sorted()) else { return chance(50) ? tree : node() }
            // without these there is nothing to convert
            if key == "apiVersion" || key == "kind" { return tree }
            let inner = members[key] ?? .null
            switch below(12) {
            case 0: members[key] = nil
            case 1: members[pick(from: Self.names) ?? key] = inner
            case 2: members[pick(from: Self.names) ?? key] = node()
            default: members[key] = changed(inner, path: path - 1)
            }
            return .object(members)
        case .array(var elements):
            guard !elements.isEmpty else { return node() }
            let index = below(elements.count)
            switch below(6) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            default: elements[index] = changed(elements[index], path: path - 1)
            }
            return .array(elements)
        default: return node()
        }
    }

    /// Keys that mean something to a version, and some that mean nothing.
    private static let names = [
        "volume", "volumeClaimTemplates", "image", "spiceai_image_tag", "spiced", "http", "httpPort", "network", "egress",
        "service",
        "enable_service", "instantRollback", "standbyVersion", "update_strategy", "updateStrategy", "service_account",
        "env_from_source", "volumeMounts", "standbyExpiresAt", "schedulerSpec", "schedulerSetSpec", "executorSpec",
        "executorSetSpec", "error", "rootExpiresAt", "rootCertificateExpiresAt", "name", "metadata", "spec", "status", "unknown",
        "type",
    ]
}
