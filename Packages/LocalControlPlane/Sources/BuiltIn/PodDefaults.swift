import JSON

/// Defaults of a pod's spec, in pods and in templates.
enum PodDefaults {
    static func apply(to spec: inout JSONValue) {
        spec.setDefault("restartPolicy", "Always")
        spec.setDefault("dnsPolicy", "ClusterFirst")
        spec.setDefault("terminationGracePeriodSeconds", 30)
        spec.setDefault("securityContext", [:])
        spec.setDefault("schedulerName", "default-scheduler")
        if let account = spec["serviceAccountName"] { spec["serviceAccount"] = account }
        for list in ["containers", "initContainers", "ephemeralContainers"] { spec.editEach(list) { container(&$0) } }
        spec.editEach("volumes") { volume(&$0) }
    }

    /// What only pods themselves get, and their writer owns.
    static func applyToPod(_ spec: inout JSONValue) {
        spec.setDefault("enableServiceLinks", true)
        for list in ["containers", "initContainers"] { spec.editEach(list) { requestsFromLimits(&$0) } }
    }

    /// What only pods themselves get, from admission plugins: nobody owns it.
    static func applyAdmission(to spec: inout JSONValue) {
        spec.setDefault("serviceAccountName", "default")
        spec["serviceAccount"] = spec["serviceAccountName"]
        spec.setDefault("priority", 0)
        spec.setDefault("preemptionPolicy", "PreemptLowerPriority")
        var tolerations = spec["tolerations"]?.arrayValue ?? []
        for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]
        where !tolerations.contains(where: { $0["key"] == .string(key) || ($0["key"] == nil && $0["operator"] == "Exists") }) {
            tolerations.append(["key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300])
        }
        spec["tolerations"] = .array(tolerations)
    }

    private static func container(_ container: inout JSONValue) {
        container.setDefault("imagePullPolicy", .string(pullPolicy(container.string("image"))))
        container.setDefault("terminationMessagePath", "/dev/termination-log")
        container.setDefault("terminationMessagePolicy", "File")
        container.setDefault("resources", [:])
        container.editEach("ports") { $0.setDefault("protocol", "TCP") }
        container.editEach("env") { $0.edit("valueFrom") { reference(&$0) } }
        for name in ["livenessProbe", "readinessProbe", "startupProbe"] { container.edit(name) { probe(&$0) } }
        container.edit("lifecycle") { lifecycle in
            for hook in ["postStart", "preStop"] { lifecycle.edit(hook) { $0.edit("httpGet") { httpGet(&$0) } } }
        }
    }

    /// A limit without a request is the request as well.
    private static func requestsFromLimits(_ container: inout JSONValue) {
        guard let limits = container["resources", "limits"]?.objectValue else { return }
        for (name, amount) in limits where container[path: "resources", "requests", name] == nil {
            container[path: "resources", "requests", name] = amount
        }
    }

    private static func pullPolicy(_ image: String) -> String {
        if image.contains("@") { return "IfNotPresent" }
        let last = image.split(separator: "/").last ?? ""
        let tag = last.split(separator: ":").dropFirst().last
        return tag == nil || tag == "latest" ? "Always" : "IfNotPresent"
    }

    private static func reference(_ source: inout JSONValue) {
        source.edit("fieldRef") { $0.setDefault("apiVersion", "v1") }
        source.edit("resourceFieldRef") { $0.setDefault("divisor", "0") }
    }

    private static func probe(_ probe: inout JSONValue) {
        probe.setDefault("timeoutSeconds", 1)
        probe.setDefault("periodSeconds", 10)
        probe.setDefault("successThreshold", 1)
        probe.setDefault("failureThreshold", 3)
        probe.edit("httpGet") { httpGet(&$0) }
        probe.edit("grpc") { $0.setDefault("service", "") }
    }

    private static func httpGet(_ action: inout JSONValue) {
        action.setDefault("path", "/")
        action.setDefault("scheme", "HTTP")
    }

    private static func volume(_ volume: inout JSONValue) {
        if volume.objectValue?.count == 1 { volume["emptyDir"] = [:] }
        for source in ["secret", "configMap", "projected", "downwardAPI"] {
            volume.edit(source) { $0.setDefault("defaultMode", 420) }
        }
        volume.edit("hostPath") { $0.setDefault("type", "") }
        volume.edit("downwardAPI") { $0.editEach("items") { reference(&$0) } }
        volume.edit("projected") {
            $0.editEach("sources") { source in
                source.edit("serviceAccountToken") { $0.setDefault("expirationSeconds", 3600) }
                source.edit("downwardAPI") { $0.editEach("items") { reference(&$0) } }
            }
        }
    }
}
