import JSON
import KubernetesModel

/// Moves one container on: start, run, fail as its pod's annotations ask, back off, restart.
struct ContainerStep {
    private let pod: JSONValue
    private let spec: JSONValue
    private let isInit: Bool
    private let options: Simulation.Options
    private let annotations: PodAnnotations
    private(set) var run: ContainerRun

    init(_ step: PodStep, _ spec: JSONValue, isInit: Bool) {
        pod = step.pod
        self.spec = spec
        self.isInit = isInit
        options = step.options
        annotations = PodAnnotations(step.pod)
        run = step.run.containers[spec.string("name")] ?? ContainerRun()
    }

    private var isSidecar: Bool { isInit && spec["restartPolicy"] == "Always" }

    private var restartPolicy: String {
        let policy = pod["spec", "restartPolicy"]?.stringValue ?? "Always"
        if isSidecar { return "Always" }
        return isInit && policy == "Always" ? "OnFailure" : policy
    }

    /// How the container is to fail; nil when it is not, or not any more.
    private mutating func fault() -> String? {
        var fault = annotations["fail"]
        if let kind = fault, !["crashloop", "oom", "image"].contains(kind) { fault = nil }
        let target = annotations["fail-container"] ?? pod.list("spec", "containers").first?.string("name")
        if target != spec.string("name") { fault = nil }
        if fault != run.fault {
            run.fault = fault
            run.failures = 0
        }
        if let limit = annotations["fail-count"].flatMap({ Int($0) }), run.failures >= limit { return nil }
        return fault
    }

    /// Returns when to look again, nil when only a change can move it.
    mutating func move(_ cluster: inout Cluster) -> Duration? {
        let now = cluster.now
        let fault = fault()
        if run.isTerminated || run.isWaiting("CrashLoopBackOff") {
            if let until = run.until, now < until { return until - now }
            if run.isTerminated, restartPolicy == "Never" || (run.hasSucceeded && restartPolicy != "Always") { return nil }
            run.restarts += 1
            start(&cluster)
        }
        if !run.isRunning {
            if fault == "image" { return failToPull(&cluster) }
            start(&cluster)
        }
        guard case .running(let since) = run.state else { return nil }
        let ran = now - since
        if fault == "crashloop" || fault == "oom" {
            let life = annotations.delay("crash-after", default: .milliseconds(100))
            return ran < life ? life - ran : crash(fault ?? "", &cluster)
        }
        if isInit, !isSidecar {
            return end(after: annotations.delay("init-delay", default: options.scaled(options.initDelay)), ran, now)
        }
        let isJob = pod.controller?["kind"] == "Job" && restartPolicy != "Always" && annotations["phase"] != "Running"
        if !isInit, isJob { return end(after: annotations.delay("run-for", default: options.scaled(.seconds(1))), ran, now) }
        return nil
    }

    private mutating func end(after life: Duration, _ ran: Duration, _ now: Timestamp) -> Duration? {
        if ran < life { return life - ran }
        run.stop(0, "Completed", now)
        return nil
    }

    private mutating func start(_ cluster: inout Cluster) {
        run.start(cluster.now, id: "simulated://\(IdentifierSource.hex(cluster.core.identifiers.number()))")
    }

    private var backoff: Duration {
        let first = annotations.delay("backoff", default: options.scaled(options.backoff))
        return min(first * Int(1 << min(max(0, run.failures - 2), 20)), options.backoffLimit)
    }

    private func record(_ cluster: inout Cluster, type: String = "Warning", _ reason: String, _ message: String) {
        let list = isInit ? "initContainers" : "containers"
        cluster.event(
            on: pod, type: type, reason: reason, message, fieldPath: "spec.\(list){\(spec.string("name"))}",
            host: pod.string("spec", "nodeName"))
    }

    private mutating func crash(_ fault: String, _ cluster: inout Cluster) -> Duration? {
        let now = cluster.now
        run.failures += 1
        let isOOM = fault == "oom"
        run.stop(isOOM ? 137 : 1, isOOM ? "OOMKilled" : "Error", now, message: annotations["crash-message"])
        if restartPolicy == "Never" { return nil }
        if run.failures == 1 {
            run.until = now + .milliseconds(200)
            return .milliseconds(200)
        }
        let delay = backoff
        run.until = now + delay
        if case .terminated(let end) = run.state { run.last = end }
        let identity = "\(pod.name)_\(pod.namespace)(\(pod.uid))"
        run.state = .waiting(
            reason: "CrashLoopBackOff",
            message: "back-off \(delay.components.seconds)s restarting failed container=\(spec.string("name")) pod=\(identity)")
        record(&cluster, "BackOff", "Back-off restarting failed container \(spec.string("name")) in pod \(identity)")
        return delay
    }

    private mutating func failToPull(_ cluster: inout Cluster) -> Duration? {
        let now = cluster.now
        let image = spec.string("image")
        if run.isWaiting("ErrImagePull", "ImagePullBackOff") {
            if let until = run.until, now < until { return until - now }
            if run.isWaiting("ErrImagePull") {
                let first = annotations.delay("backoff", default: options.scaled(options.backoff))
                let delay = min(first * Int(1 << min(max(0, run.failures - 1), 20)), options.backoffLimit)
                run.until = now + delay
                run.state = .waiting(reason: "ImagePullBackOff", message: "Back-off pulling image \"\(image)\"")
                record(&cluster, type: "Normal", "BackOff", "Back-off pulling image \"\(image)\"")
                return delay
            }
        }
        run.failures += 1
        run.until = now + .seconds(1)
        let message = "failed to pull and unpack image \"\(image)\": not found"
        run.state = .waiting(reason: "ErrImagePull", message: message)
        record(&cluster, "Failed", "Failed to pull image \"\(image)\": \(message)")
        record(&cluster, "Failed", "Error: ErrImagePull")
        return .seconds(1)
    }
}
