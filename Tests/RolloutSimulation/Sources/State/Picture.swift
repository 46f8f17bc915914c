import JSON
import KubernetesModel
import LocalControlPlane
import SpiceTypes

/// The set and what is made for it, as the API or one observer of it has them.
struct Picture: Sendable {
    static let namespace = "default"
    static let name = "demo"

    var set: SetState?
    var service: ServiceState?
    var pods: [String: PodState] = [:]
    var workloads: [String: WorkloadState] = [:]
    var claims: [String: ClaimState] = [:]
    /// Names of the ConfigMaps that hold versions.
    var versions: Set<String> = []
    /// The newest revision of what is gone, by key: older news of it counts for nothing.
    private var gone: [String: Int64] = [:]

    /// Takes a change in; nil where it is none of the set's or older than what is known.
    mutating func take(_ event: StoreEvent) -> Change? {
        guard event.key.namespace == Self.namespace, let kind = Kind(event.resource) else { return nil }
        let mark = "\(kind)/\(event.key.name)"
        let isRemoved = event.kind == .deleted
        if let revision = gone[mark], revision >= event.revision { return nil }
        if isRemoved { gone[mark] = event.revision }
        let name = event.key.name
        switch kind {
        case .pod:
            guard event.object[path: "metadata", "labels"]?["spice.ai/spicepod"] != nil else { return nil }
            let before = pods[name]
            if let before, before.revision >= event.revision { return nil }
            let after = isRemoved ? nil : PodState(event.object, revision: event.revision, after: before)
            pods[name] = after
            return .pod(before, after)
        case .workload:
            let before = workloads[name]
            if let before, before.revision >= event.revision { return nil }
            let after = isRemoved ? nil : WorkloadState(event.object, revision: event.revision)
            workloads[name] = after
            return .workload(before, after)
        case .service:
            guard name == Self.name else { return .other }
            let before = service
            if let before, before.revision >= event.revision { return nil }
            service = isRemoved ? nil : ServiceState(event.object, revision: event.revision)
            return .service(before, service)
        case .claim:
            let before = claims[name]
            if let before, before.revision >= event.revision { return nil }
            let after = isRemoved ? nil : ClaimState(event.object, revision: event.revision)
            claims[name] = after
            return .claim(before, after)
        case .set:
            guard name == Self.name else { return nil }
            let before = set
            if let before, before.revision >= event.revision { return nil }
            set = isRemoved ? nil : SetState(event.object, revision: event.revision)
            return .set(before, set)
        case .configMap:
            if isRemoved { versions.remove(name) } else { versions.insert(name) }
            return .other
        }
    }

    private enum Kind {
        case pod, workload, service, claim, set, configMap

        init?(_ resource: GroupResource) {
            switch resource.plural {
            case "pods": self = .pod
            case "statefulsets": self = .workload
            case "services": self = .service
            case "persistentvolumeclaims": self = .claim
            case "spicepodsets": self = .set
            case "configmaps": self = .configMap
            default: return nil
            }
        }
    }

    /// Pods that the Service selects, or would.
    var podsBehindService: [PodState] { pods.values.sorted { $0.name < $1.name }.filter(isBehindService) }

    /// Without a Service the status tells which generation is active.
    func isBehindService(_ pod: PodState) -> Bool {
        if let service { return service.selects(pod) }
        let active = set?.activeVersion
        let isVersioned = workloads.values.contains { $0.name.version != nil && $0.name.version == active }
        return pod.workload.version == (isVersioned ? active : nil)
    }

    func pods(of workload: WorkloadState) -> [PodState] {
        pods.values.filter { $0.ownerUID == workload.uid }.sorted { $0.name < $1.name }
    }
}

/// What one write changed.
enum Change: Sendable {
    case pod(PodState?, PodState?)
    case workload(WorkloadState?, WorkloadState?)
    case service(ServiceState?, ServiceState?)
    case claim(ClaimState?, ClaimState?)
    case set(SetState?, SetState?)
    case other
}
