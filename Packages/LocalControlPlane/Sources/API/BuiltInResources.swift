import JSON
import KubernetesSchema

extension Registry {
    static let builtIns: [Resource] = [
        builtIn("", "namespaces", "Namespace", short: ["ns"], namespaced: false, subresources: ["status", "finalize"]),
        builtIn("", "nodes", "Node", short: ["no"], namespaced: false, subresources: ["status"]),
        builtIn(
            "", "pods", "Pod", short: ["po"], categories: ["all"],
            subresources: ["status", "eviction", "binding", "ephemeralcontainers"],
            generation: true),
        builtIn("", "services", "Service", short: ["svc"], categories: ["all"], subresources: ["status"]),
        builtIn("", "endpoints", "Endpoints", short: ["ep"], singular: "endpoints"),
        builtIn("", "configmaps", "ConfigMap", short: ["cm"]),
        builtIn("", "secrets", "Secret"),
        builtIn("", "serviceaccounts", "ServiceAccount", short: ["sa"], subresources: ["token"]),
        builtIn("", "persistentvolumeclaims", "PersistentVolumeClaim", short: ["pvc"], subresources: ["status"]),
        builtIn("", "persistentvolumes", "PersistentVolume", short: ["pv"], namespaced: false, subresources: ["status"]),
        builtIn("", "events", "Event", short: ["ev"]),
        builtIn("", "resourcequotas", "ResourceQuota", short: ["quota"], subresources: ["status"]),
        builtIn("", "limitranges", "LimitRange", short: ["limits"]),
        builtIn("events.k8s.io", "events", "Event", short: ["ev"], storage: GroupResource(group: "", plural: "events")),
        builtIn(
            "apps", "statefulsets", "StatefulSet", short: ["sts"], categories: ["all"], subresources: ["status", "scale"],
            generation: true),
        builtIn(
            "apps", "deployments", "Deployment", short: ["deploy"], categories: ["all"], subresources: ["status", "scale"],
            generation: true),
        builtIn(
            "apps", "replicasets", "ReplicaSet", short: ["rs"], categories: ["all"], subresources: ["status", "scale"],
            generation: true),
        builtIn("apps", "daemonsets", "DaemonSet", short: ["ds"], categories: ["all"], subresources: ["status"], generation: true),
        builtIn("apps", "controllerrevisions", "ControllerRevision"),
        builtIn("batch", "jobs", "Job", categories: ["all"], subresources: ["status"], generation: true),
        builtIn("batch", "cronjobs", "CronJob", short: ["cj"], categories: ["all"], subresources: ["status"], generation: true),
        builtIn(
            "policy", "poddisruptionbudgets", "PodDisruptionBudget", short: ["pdb"], subresources: ["status"], generation: true,
            needsResourceVersion: true),
        builtIn("networking.k8s.io", "networkpolicies", "NetworkPolicy", short: ["netpol"], generation: true),
        builtIn("networking.k8s.io", "ingresses", "Ingress", short: ["ing"], subresources: ["status"], generation: true),
        builtIn("rbac.authorization.k8s.io", "roles", "Role"),
        builtIn("rbac.authorization.k8s.io", "rolebindings", "RoleBinding"),
        builtIn("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", namespaced: false),
        builtIn("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding", namespaced: false),
        builtIn("storage.k8s.io", "storageclasses", "StorageClass", short: ["sc"], namespaced: false),
        builtIn("coordination.k8s.io", "leases", "Lease", needsResourceVersion: true),
        builtIn("discovery.k8s.io", "endpointslices", "EndpointSlice", generation: true, needsResourceVersion: true),
        builtIn("scheduling.k8s.io", "priorityclasses", "PriorityClass", short: ["pc"], namespaced: false),
        builtIn(
            "admissionregistration.k8s.io", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", namespaced: false,
            generation: true, needsResourceVersion: true),
        builtIn(
            "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", namespaced: false,
            generation: true, needsResourceVersion: true),
        builtIn(
            "apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition", short: ["crd", "crds"],
            categories: ["api-extensions"], namespaced: false, subresources: ["status"], generation: true,
            needsResourceVersion: true),
        builtIn("authentication.k8s.io", "tokenreviews", "TokenReview", namespaced: false, verbs: ["create"]),
        builtIn("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", namespaced: false, verbs: ["create"]),
        builtIn(
            "authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", namespaced: false, verbs: ["create"]),
    ]

    private static func builtIn(
        _ group: String, _ plural: String, _ kind: String, short: [String] = [], categories: [String] = [], namespaced: Bool = true,
        singular: String? = nil, subresources: Set<String> = [], generation: Bool = false, needsResourceVersion: Bool = false,
        storage: GroupResource? = nil, verbs: [String]? = nil
    ) -> Resource {
        let apiVersion = group.isEmpty ? "v1" : "\(group)/v1"
        var resource = Resource(
            group: group, version: "v1", plural: plural, singular: singular ?? kind.lowercased(), kind: kind,
            listKind: "\(kind)List",
            shortNames: short, categories: categories, namespaced: namespaced,
            schema: BuiltInSchemas.shared.schema(apiVersion: apiVersion, kind: kind) ?? .any, subresources: subresources,
            tracksGeneration: generation, needsResourceVersion: needsResourceVersion,
            storage: storage ?? GroupResource(group: group, plural: plural))
        if let verbs { resource.verbs = verbs }
        return resource
    }
}
