import JSON

/// What the API server fills in on the built-in kinds, where a controller or a person would notice it missing.
enum BuiltInDefaults {
    static func apply(to object: inout JSONValue, _ resource: GroupResource) {
        switch resource.description {
        case "pods":
            object.edit("spec") { spec in
                PodDefaults.apply(to: &spec)
                PodDefaults.applyToPod(&spec)
            }
            object.setDefault("status", ["phase": "Pending"])
        case "services": service(&object)
        case "statefulsets.apps": statefulSet(&object)
        case "deployments.apps": deployment(&object)
        case "replicasets.apps":
            object.edit("spec") {
                $0.setDefault("replicas", 1)
                podTemplate(&$0)
            }
            object.setDefault("status", ["replicas": 0])
        case "daemonsets.apps", "jobs.batch": object.edit("spec") { podTemplate(&$0) }
        case "cronjobs.batch": object.edit("spec") { $0.edit("jobTemplate") { $0.edit("spec") { podTemplate(&$0) } } }
        case "persistentvolumeclaims":
            object.edit("spec") { $0.setDefault("volumeMode", "Filesystem") }
            object.setDefault("status", ["phase": "Pending"])
        case "persistentvolumes":
            object.edit("spec") {
                $0.setDefault("volumeMode", "Filesystem")
                $0.setDefault("persistentVolumeReclaimPolicy", "Retain")
            }
            object.setDefault("status", ["phase": "Pending"])
        case "secrets": secret(&object)
        case "networkpolicies.networking.k8s.io": networkPolicy(&object)
        case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io": binding(&object)
        case "storageclasses.storage.k8s.io":
            object.setDefault("reclaimPolicy", "Delete")
            object.setDefault("volumeBindingMode", "Immediate")
        case "endpointslices.discovery.k8s.io": object.editEach("ports", endpointPort)
        case "poddisruptionbudgets.policy":
            object.setDefault("status", ["currentHealthy": 0, "desiredHealthy": 0, "disruptionsAllowed": 0, "expectedPods": 0])
        case "customresourcedefinitions.apiextensions.k8s.io": customResourceDefinition(&object)
        case "validatingwebhookconfigurations.admissionregistration.k8s.io": object.editEach("webhooks") { webhook(&$0) }
        case "mutatingwebhookconfigurations.admissionregistration.k8s.io":
            object.editEach("webhooks") {
                webhook(&$0)
                $0.setDefault("reinvocationPolicy", "Never")
            }
        default: break
        }
    }

    private static func podTemplate(_ spec: inout JSONValue) {
        spec.edit("template") { template in
            template.setDefault("metadata", [:])
            template.edit("spec") { PodDefaults.apply(to: &$0) }
        }
    }

    private static func service(_ object: inout JSONValue) {
        object.edit("spec") { spec in
            spec.setDefault("type", "ClusterIP")
            spec.setDefault("sessionAffinity", "None")
            if spec["type"] != "ExternalName" { spec.setDefault("internalTrafficPolicy", "Cluster") }
            if spec["type"] == "NodePort" || spec["type"] == "LoadBalancer" { spec.setDefault("externalTrafficPolicy", "Cluster") }
            spec.editEach("ports") { port in
                port.setDefault("protocol", "TCP")
                if let number = port["port"] { port.setDefault("targetPort", number) }
            }
        }
        object.setDefault("status", ["loadBalancer": [:]])
    }

    private static func statefulSet(_ object: inout JSONValue) {
        object.edit("spec") { spec in
            spec.setDefault("replicas", 1)
            spec.setDefault("podManagementPolicy", "OrderedReady")
            spec.setDefault("updateStrategy", [:])
            spec.edit("updateStrategy") { strategy in
                strategy.setDefault("type", "RollingUpdate")
                guard strategy["type"] == "RollingUpdate" else { return }
                strategy.setDefault("rollingUpdate", [:])
                strategy.edit("rollingUpdate") { $0.setDefault("partition", 0) }
            }
            spec.setDefault("revisionHistoryLimit", 10)
            spec.setDefault("persistentVolumeClaimRetentionPolicy", [:])
            spec.edit("persistentVolumeClaimRetentionPolicy") {
                $0.setDefault("whenDeleted", "Retain")
                $0.setDefault("whenScaled", "Retain")
            }
            spec.editEach("volumeClaimTemplates") { claim in
                claim["apiVersion"] = "v1"
                claim["kind"] = "PersistentVolumeClaim"
                claim.edit("spec") { $0.setDefault("volumeMode", "Filesystem") }
                claim.setDefault("status", ["phase": "Pending"])
            }
            podTemplate(&spec)
        }
        object.setDefault("status", ["replicas": 0, "availableReplicas": 0])
    }

    private static func deployment(_ object: inout JSONValue) {
        object.edit("spec") { spec in
            spec.setDefault("replicas", 1)
            spec.setDefault("revisionHistoryLimit", 10)
            spec.setDefault("progressDeadlineSeconds", 600)
            spec.setDefault("strategy", [:])
            spec.edit("strategy") { strategy in
                strategy.setDefault("type", "RollingUpdate")
                guard strategy["type"] == "RollingUpdate" else { return }
                strategy.setDefault("rollingUpdate", [:])
                strategy.edit("rollingUpdate") {
                    $0.setDefault("maxSurge", "25%")
                    $0.setDefault("maxUnavailable", "25%")
                }
            }
            podTemplate(&spec)
        }
        object.setDefault("status", [:])
    }

    /// `stringData` is write-only: it goes into `data`.
    private static func secret(_ object: inout JSONValue) {
        object.setDefault("type", "Opaque")
        guard let plain = object["stringData"]?.objectValue else { return }
        for (key, value) in plain { object["data", key] = .string(Base64.encode(Array((value.stringValue ?? "").utf8))) }
        object["stringData"] = nil
    }

    private static func networkPolicy(_ object: inout JSONValue) {
        object.edit("spec") { spec in
            spec.setDefault("podSelector", [:])
            if spec["policyTypes"] == nil { spec["policyTypes"] = spec["egress"] == nil ? ["Ingress"] : ["Ingress", "Egress"] }
            for direction in ["ingress", "egress"] {
                spec.editEach(direction) { $0.editEach("ports") { $0.setDefault("protocol", "TCP") } }
            }
        }
    }

    private static func binding(_ object: inout JSONValue) {
        object.edit("roleRef") { $0.setDefault("apiGroup", "rbac.authorization.k8s.io") }
        object.editEach("subjects") {
            if $0["kind"] == "User" || $0["kind"] == "Group" { $0.setDefault("apiGroup", "rbac.authorization.k8s.io") }
        }
    }

    private static func endpointPort(_ port: inout JSONValue) {
        port.setDefault("name", "")
        port.setDefault("protocol", "TCP")
    }

    private static func customResourceDefinition(_ object: inout JSONValue) {
        object.edit("spec") { spec in
            spec.setDefault("conversion", ["strategy": "None"])
            spec.edit("names") { names in
                let kind = names.string("kind")
                names.setDefault("listKind", .string("\(kind)List"))
                names.setDefault("singular", .string(kind.lowercased()))
            }
        }
    }

    private static func webhook(_ webhook: inout JSONValue) {
        webhook.setDefault("failurePolicy", "Fail")
        webhook.setDefault("matchPolicy", "Equivalent")
        webhook.setDefault("timeoutSeconds", 10)
        webhook.setDefault("namespaceSelector", [:])
        webhook.setDefault("objectSelector", [:])
        webhook.editEach("rules") { $0.setDefault("scope", "*") }
        webhook.edit("clientConfig") { $0.edit("service") { $0.setDefault("port", 443) } }
    }
}
