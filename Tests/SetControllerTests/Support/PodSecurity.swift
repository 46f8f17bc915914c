import JSON

/// The level `restricted` of the Pod Security Standards, as the admission plugin checks it:
/// https://kubernetes.io/docs/concepts/security/pod-security-standards/
enum PodSecurity {
    static func violations(of template: JSONValue) -> [String] {
        let spec = template["spec"] ?? .object([:])
        let pod = spec["securityContext"]
        let containers = ["containers", "initContainers", "ephemeralContainers"].flatMap { spec[$0]?.arrayValue ?? [] }
        return shared(spec) + volumes(spec) + containers.flatMap { violations(of: $0, pod: pod) }
    }

    private static func shared(_ spec: JSONValue) -> [String] {
        ["hostNetwork", "hostPID", "hostIPC"].filter { spec[$0] == true }
            + ((spec[path: "securityContext", "sysctls"]?.arrayValue ?? []).isEmpty ? [] : ["sysctls"])
    }

    private static let allowedVolumes: Set<String> = [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret",
    ]

    private static func volumes(_ spec: JSONValue) -> [String] {
        (spec["volumes"]?.arrayValue ?? []).flatMap { volume in
            (volume.objectValue ?? [:]).keys.filter { $0 != "name" && !allowedVolumes.contains($0) }.map { "volume type \($0)" }
        }
    }

    private static func violations(of container: JSONValue, pod: JSONValue?) -> [String] {
        let own = container["securityContext"]
        func effective(_ field: String) -> JSONValue? { own?[field] ?? pod?[field] }
        var found: [String] = []
        if own?["privileged"] == true { found.append("privileged") }
        if own?["allowPrivilegeEscalation"] != false { found.append("allowPrivilegeEscalation") }
        if effective("runAsNonRoot") != true { found.append("runAsNonRoot") }
        if effective("runAsUser") == 0 { found.append("runAsUser") }
        if own?[path: "capabilities", "drop"]?.arrayValue?.contains("ALL") != true { found.append("capabilities.drop") }
        let added = own?[path: "capabilities", "add"]?.arrayValue ?? []
        if added.contains(where: { $0 != "NET_BIND_SERVICE" }) { found.append("capabilities.add") }
        let profile = effective("seccompProfile")?["type"]?.stringValue
        if profile != "RuntimeDefault", profile != "Localhost" { found.append("seccompProfile") }
        if container["ports"]?.arrayValue?.contains(where: { $0["hostPort"] != nil }) == true { found.append("hostPort") }
        return found
    }
}
