import JSON
import KubernetesModel

/// The kubelets of all simulated nodes.
struct Kubelet: SimulatedController {
    let component = "kubelet"
    var options: Simulation.Options
    var runtime: any PodRuntime
    var reports: ProbeReports
    private var runs: [String: PodRun] = [:]
    /// Pods that wait for something in their namespace to appear.
    private var blocked: Set<String> = []
    private var uids: [String: String] = [:]

    init(options: Simulation.Options, runtime: any PodRuntime, reports: ProbeReports) {
        self.options = options
        self.runtime = runtime
        self.reports = reports
    }

    mutating func keys(for change: StoreEvent, in store: Store) -> [String] {
        switch change.resource {
        case .pods: return change.object["spec", "nodeName"] == nil ? [] : [change.key.slashed]
        case .configMaps, .secrets, .claims: return blocked.filter { $0.hasPrefix("\(change.key.namespace)/") }.sorted()
        case .nodes:
            return store.all(.pods).filter { $0.value["spec", "nodeName"] == .string(change.key.name) }.keys.sorted().map(\.slashed)
        default: return []
        }
    }

    mutating func reconcile(_ name: String, _ cluster: inout Cluster) -> Duration? {
        let key = ObjectKey(slashed: name)
        let results = reports.take(name)
        let pod = cluster.get(.pods, key)
        if let known = uids[name], known != pod?.uid {
            runs[known] = nil
            runtime.stop(known)
            blocked.remove(name)
            uids[name] = nil
        }
        guard let pod, let node = cluster.get(.nodes, ObjectKey(name: pod.string("spec", "nodeName"))) else { return nil }
        guard !PodAnnotations(node).isSet("down") else {
            // answers that come in meanwhile are lost: the probes are asked again when the node is back
            for container in runs[pod.uid]?.containers.keys.sorted() ?? [] { runs[pod.uid]?.containers[container]?.probes = [:] }
            return nil
        }
        uids[name] = pod.uid
        var run: PodRun
        if let known = runs[pod.uid] {
            run = known
        } else {
            run = PodRun(pod, now: cluster.now)
            if let address = run.address { runtime.keep(address, of: pod.uid) }
        }
        run.results = results
        var step = PodStep(pod: pod, run: run, options: options, runtime: runtime, reports: reports, key: name)
        let wait = pod.isBeingDeleted ? step.finish(&cluster) : step.advance(&cluster)
        runs[pod.uid] = step.run
        if step.isBlocked { blocked.insert(name) } else { blocked.remove(name) }
        return wait
    }
}

/// What a kubelet remembers of a pod.
struct PodRun: Sendable {
    var bound: Timestamp
    var started: String?
    var address: String?
    var containers: [String: ContainerRun] = [:]
    var conditions: [String: (status: String, since: String)] = [:]
    var isServing = false
    var hasReferences = false
    var isFinal = false
    var stopAt: Timestamp?
    var results: [ProbeReports.Report] = []

    init(_ pod: JSONValue, now: Timestamp) {
        bound = now
        let status = pod["status"] ?? [:]
        started = status["startTime"]?.stringValue
        address = status["podIP"]?.stringValue
        for condition in status.list("conditions") {
            conditions[condition.string("type")] = (condition.string("status"), condition.string("lastTransitionTime"))
        }
        for known in status.list("initContainerStatuses") + status.list("containerStatuses") {
            let run = ContainerRun(status: known)
            containers[known.string("name")] = run
            if run.isRunning { hasReferences = true }
        }
        isFinal = pod.isPodFinished
    }
}
