import JSON
import KubernetesModel

/// One look at one pod: what has become of its containers since the last one, and what the API is told.
struct PodStep {
    var pod: JSONValue
    var run: PodRun
    var options: Simulation.Options
    var runtime: any PodRuntime
    var reports: ProbeReports
    var key: String
    private(set) var isBlocked = false
    private var configurationFailures: [String: String] = [:]

    init(pod: JSONValue, run: PodRun, options: Simulation.Options, runtime: any PodRuntime, reports: ProbeReports, key: String) {
        self.pod = pod
        self.run = run
        self.options = options
        self.runtime = runtime
        self.reports = reports
        self.key = key
        for container in pod.list("spec", "initContainers") + pod.list("spec", "containers")
        where self.run.containers[container.string("name")] == nil {
            self.run.containers[container.string("name")] = ContainerRun()
        }
    }

    private var annotations: PodAnnotations { PodAnnotations(pod) }
    private var inits: [JSONValue] { pod.list("spec", "initContainers") }
    private var mains: [JSONValue] { pod.list("spec", "containers") }

    private func container(_ spec: JSONValue) -> ContainerRun { run.containers[spec.string("name")] ?? ContainerRun() }
    private func isSidecar(_ spec: JSONValue) -> Bool { spec["restartPolicy"] == "Always" && inits.contains(spec) }

    // MARK: running

    mutating func advance(_ cluster: inout Cluster) -> Duration? {
        if run.isFinal { return nil }
        let (phase, wait) = move(&cluster)
        if phase == "Succeeded" || phase == "Failed" {
            run.isFinal = true
            runtime.stop(pod.uid)
        }
        cluster.updateStatus(.pods, pod.key, status(phase, cluster))
        return wait
    }

    private mutating func move(_ cluster: inout Cluster) -> (phase: String, wait: Duration?) {
        let now = cluster.now
        if run.started == nil { run.started = now.text }
        let phase = annotations["phase"]
        if phase == "Pending" { return ("Pending", nil) }
        let delay = annotations.delay("start-delay", default: options.scaled(options.startDelay))
        if run.containers.values.allSatisfy({ $0.state == .created }), now - run.bound < delay {
            return ("Pending", delay - (now - run.bound))
        }
        if !run.hasReferences, let wait = awaitReferences(&cluster) { return ("Pending", wait) }
        if phase == "Succeeded" || phase == "Failed" {
            endAll(failing: phase == "Failed", now)
            if phase == "Failed", annotations["reason"] == "Evicted" {
                cluster.event(
                    on: pod, type: "Warning", reason: "Evicted", "The node was low on resource: memory.",
                    host: pod.string("spec", "nodeName"))
            }
            return (phase ?? "", nil)
        }
        if run.address == nil {
            run.address = annotations["pod-ip"] ?? runtime.address(of: pod.uid)
        }
        var waits: [Duration] = []
        for spec in inits {
            var step = ContainerStep(self, spec, isInit: true)
            if let wait = step.move(&cluster) { waits.append(wait) }
            run.containers[spec.string("name")] = step.run
            let isDone = isSidecar(spec) ? step.run.isRunning : step.run.hasSucceeded
            if !isDone {
                if step.run.isTerminated, !isSidecar(spec), pod["spec", "restartPolicy"] == "Never" { return ("Failed", nil) }
                return ("Pending", waits.min())
            }
        }
        for spec in mains {
            var step = ContainerStep(self, spec, isInit: false)
            if let wait = step.move(&cluster) { waits.append(wait) }
            run.containers[spec.string("name")] = step.run
        }
        serve()
        for spec in mains + inits.filter({ isSidecar($0) }) {
            if let wait = probe(spec, &cluster) { waits.append(wait) }
        }
        return (currentPhase, waits.min())
    }

    private var currentPhase: String {
        let runs = mains.map { container($0) }
        if runs.allSatisfy(\.isTerminated), pod["spec", "restartPolicy"] != "Always" {
            let isOver = pod["spec", "restartPolicy"] == "Never" || runs.allSatisfy(\.hasSucceeded)
            if isOver { return runs.allSatisfy(\.hasSucceeded) ? "Succeeded" : "Failed" }
        }
        // Once a container has started the pod is Running, also between its crashes.
        return runs.contains { $0.isRunning || $0.isTerminated || $0.restarts > 0 || $0.isWaiting("CrashLoopBackOff") }
            ? "Running" : "Pending"
    }

    private mutating func awaitReferences(_ cluster: inout Cluster) -> Duration? {
        let references = PodReferences(pod: pod, cluster: cluster)
        if let failure = references.mountFailure {
            isBlocked = true
            cluster.event(on: pod, type: "Warning", reason: "FailedMount", failure, host: pod.string("spec", "nodeName"))
            return .seconds(60)
        }
        configurationFailures = references.environmentFailures
        if !configurationFailures.isEmpty {
            isBlocked = true
            for (name, failure) in configurationFailures.sorted(by: { $0.key < $1.key }) {
                cluster.event(
                    on: pod, type: "Warning", reason: "Failed", "Error: \(failure)", fieldPath: "spec.containers{\(name)}",
                    host: pod.string("spec", "nodeName"))
            }
            return .seconds(60)
        }
        run.hasReferences = true
        return nil
    }

    private mutating func endAll(failing: Bool, _ now: Timestamp) {
        for spec in inits + mains {
            var run = container(spec)
            if run.isTerminated { continue }
            let isBad = failing && mains.contains(spec)
            run.stop(isBad ? 1 : 0, isBad ? "Error" : "Completed", now)
            self.run.containers[spec.string("name")] = run
        }
    }

    // MARK: probes

    /// The pretend process listens where its containers say they do.
    private mutating func serve() {
        guard let address = run.address else { return }
        let isUp = mains.contains { container($0).isRunning }
        guard isUp != run.isServing else { return }
        run.isServing = isUp
        guard isUp else { return runtime.stop(pod.uid) }
        var ports: Set<Int> = []
        for spec in mains + inits {
            for kind in Self.probeKinds {
                if let action = spec[kind, "httpGet"], let port = port(action, spec) { ports.insert(port) }
            }
            for port in spec.list("ports") where ["http", "metrics"].contains(port.string("name")) {
                if let number = port["containerPort"]?.intValue { ports.insert(Int(number)) }
            }
        }
        runtime.start(RunningPod(uid: pod.uid, address: address, name: pod.name, ports: ports))
    }

    private static let probeKinds = ["startupProbe", "readinessProbe", "livenessProbe"]

    private func port(_ action: JSONValue, _ spec: JSONValue) -> Int? {
        if let number = action["port"]?.intValue { return Int(number) }
        return spec.list("ports").first { $0["name"] == action["port"] }?["containerPort"]?.intValue.map { Int($0) }
    }

    private mutating func probe(_ spec: JSONValue, _ cluster: inout Cluster) -> Duration? {
        let name = spec.string("name")
        var run = container(spec)
        guard case .running(let since) = run.state else { return nil }
        let now = cluster.now
        var waits: [Duration] = []
        for report in self.run.results where report.container == name { record(report, spec, &run, &cluster) }
        guard run.isRunning else {
            self.run.containers[name] = run
            return .milliseconds(1)
        }
        if spec["startupProbe"] == nil { run.isStarted = true }
        for kind in Self.probeKinds {
            guard let probe = spec[kind] else { continue }
            if kind == "startupProbe" ? run.isStarted : !run.isStarted { continue }
            if options.isFrugal, kind != "startupProbe" {
                let isUnready = kind == "readinessProbe" && annotations.isSet("not-ready")
                if isUnready { run.probes[kind] = nil }
                if isUnready || run.isReady || kind == "livenessProbe" { continue }
            }
            var state = run.probes[kind] ?? ContainerRun.ProbeRun()
            if state.isInFlight { continue }
            let first =
                kind == "readinessProbe" ? annotations.delay("ready-delay", default: options.scaled(options.readyDelay)) : .zero
            let due = state.next ?? since + first
            if due > now {
                waits.append(due - now)
                continue
            }
            state.isInFlight = true
            run.probes[kind] = state
            start(probe, kind, spec)
        }
        if spec["readinessProbe"] == nil, run.isStarted {
            let delay = annotations.delay("ready-delay", default: .zero)
            run.isReady = now - since >= delay && !annotations.isSet("not-ready")
            if now - since < delay { waits.append(delay - (now - since)) }
        } else if annotations.isSet("not-ready") {
            run.isReady = false
        }
        self.run.containers[name] = run
        return waits.min()
    }

    private func start(_ probe: JSONValue, _ kind: String, _ spec: JSONValue) {
        let (reports, key, name) = (reports, key, spec.string("name"))
        let report: @Sendable (Bool) -> Void = { reports.add(.init(container: name, kind: kind, isSuccess: $0), for: key) }
        if kind == "readinessProbe", annotations.isSet("not-ready") { return report(false) }
        guard let action = probe["httpGet"], let port = port(action, spec), let address = run.address else { return report(true) }
        runtime.probe(
            HTTPProbe(
                address: address, port: port, path: action["path"]?.stringValue ?? "/",
                timeoutSeconds: probe["timeoutSeconds"]?.intValue ?? 1), report: report)
    }

    private func record(_ report: ProbeReports.Report, _ spec: JSONValue, _ run: inout ContainerRun, _ cluster: inout Cluster) {
        guard let probe = spec[report.kind] else { return }
        var state = run.probes[report.kind] ?? ContainerRun.ProbeRun()
        state.isInFlight = false
        state.successes = report.isSuccess ? state.successes + 1 : 0
        state.failures = report.isSuccess ? 0 : state.failures + 1
        let hasFailed = state.failures >= probe["failureThreshold"]?.intValue ?? 3
        let hasSucceeded = state.successes >= probe["successThreshold"]?.intValue ?? 1
        let period = options.scaled(.seconds(probe["periodSeconds"]?.intValue ?? 10))
        let isWaiting = report.kind == "startupProbe" || (report.kind == "readinessProbe" && !run.isReady && !hasSucceeded)
        state.next = cluster.now + (isWaiting ? min(period, options.scaled(.seconds(1))) : period)
        run.probes[report.kind] = state
        if !report.isSuccess {
            let word = report.kind.dropLast(5)
            cluster.event(
                on: pod, type: "Warning", reason: "Unhealthy", "\(word.prefix(1).uppercased())\(word.dropFirst()) probe failed",
                fieldPath: "spec.containers{\(spec.string("name"))}", host: pod.string("spec", "nodeName"))
        }
        switch report.kind {
        case "startupProbe": if hasSucceeded { run.isStarted = true }
        case "readinessProbe":
            if hasSucceeded { run.isReady = true } else if hasFailed { run.isReady = false }
        default:
            if hasFailed {
                run.stop(137, "Error", cluster.now)
                run.until = cluster.now
                cluster.event(
                    on: pod, reason: "Killing", "Container \(spec.string("name")) failed liveness probe, will be restarted",
                    host: pod.string("spec", "nodeName"))
            }
        }
    }

    // MARK: the end

    /// A deleted pod: its containers stop, then it is removed.
    mutating func finish(_ cluster: inout Cluster) -> Duration? {
        let now = cluster.now
        let grace = Duration.seconds(pod["metadata", "deletionGracePeriodSeconds"]?.intValue ?? 30)
        let isLive = run.containers.values.contains(where: \.isRunning) && !run.isFinal
        let isStubborn = annotations.isSet("ignore-term")
        let delay =
            !isLive
            ? .zero : isStubborn ? grace : min(grace, annotations.delay("stop-delay", default: options.scaled(options.stopDelay)))
        let stopAt = min(run.stopAt ?? now + delay, now + delay)
        run.stopAt = stopAt
        if now < stopAt {
            cluster.updateStatus(.pods, pod.key, status("Running", cluster))
            return stopAt - now
        }
        if grace > .zero, !run.isFinal {
            for spec in inits + mains {
                var container = container(spec)
                if container.isTerminated { continue }
                if container.isRunning {
                    container.stop(isStubborn ? 137 : 0, isStubborn ? "Error" : "Completed", now)
                } else {
                    container.stop(137, "ContainerStatusUnknown", now)
                }
                run.containers[spec.string("name")] = container
            }
            run.isFinal = true
            let hasFailed = mains.contains { !container($0).hasSucceeded }
            cluster.updateStatus(.pods, pod.key, status(hasFailed ? "Failed" : "Succeeded", cluster))
        }
        runtime.stop(pod.uid)
        cluster.delete(.pods, pod.key, gracePeriodSeconds: 0)
        return nil
    }

    // MARK: status

    private mutating func status(_ phase: String, _ cluster: Cluster) -> JSONValue {
        let now = cluster.now.text
        let isInitialized = inits.allSatisfy { isSidecar($0) ? container($0).isStarted : container($0).hasSucceeded }
        let unready = (mains + inits.filter { isSidecar($0) }).filter { !container($0).isReady }.map { $0.string("name") }
        let isReady = unready.isEmpty && isInitialized && phase == "Running"
        let generation = pod["metadata", "generation"]
        func condition(_ type: String, _ holds: Bool, _ reason: String = "", _ message: String = "") -> JSONValue {
            let value = holds ? "True" : "False"
            if run.conditions[type]?.status != value { run.conditions[type] = (value, now) }
            var result: JSONValue = [
                "type": .string(type), "status": .string(value), "lastProbeTime": .null,
                "lastTransitionTime": .string(run.conditions[type]?.since ?? now),
            ]
            result["observedGeneration"] = generation
            if !reason.isEmpty { result["reason"] = .string(reason) }
            if !message.isEmpty { result["message"] = .string(message) }
            return result
        }
        let isOver = phase == "Succeeded"
        let unreadyReason = isReady ? "" : isOver ? "PodCompleted" : phase == "Failed" ? "PodFailed" : "ContainersNotReady"
        let unreadyMessage =
            isReady || isOver || phase == "Failed" ? "" : "containers with unready status: [\(unready.joined(separator: " "))]"
        var conditions = [
            condition("PodReadyToStartContainers", run.address != nil && !isOver),
            condition(
                "Initialized", isInitialized, isInitialized ? "" : "ContainersNotInitialized",
                isInitialized
                    ? ""
                    : "containers with incomplete status: [\(inits.filter { !container($0).hasSucceeded }.map { $0.string("name") }.joined(separator: " "))]"
            ),
            condition("Ready", isReady, unreadyReason, unreadyMessage),
            condition("ContainersReady", isReady, unreadyReason, unreadyMessage),
        ]
        conditions += pod.list("status", "conditions").filter { known in !conditions.contains { $0["type"] == known["type"] } }
        let node = cluster.get(.nodes, ObjectKey(name: pod.string("spec", "nodeName")))
        let host = node?.list("status", "addresses").first { $0["type"] == "InternalIP" }?["address"] ?? ""
        var status: JSONValue = [
            "phase": .string(phase), "conditions": .array(conditions), "hostIP": host, "hostIPs": [["ip": host]],
            "startTime": .string(run.started ?? now), "qosClass": pod["status", "qosClass"] ?? "BestEffort",
            "containerStatuses": .array(
                mains.map { container($0).status($0, waitingFor: configurationFailures[$0.string("name")]) }),
        ]
        if !inits.isEmpty {
            status["initContainerStatuses"] = .array(
                inits.map { spec in
                    var shown = container(spec).status(spec, waitingFor: configurationFailures[spec.string("name")])
                    if !isSidecar(spec) { shown["ready"] = .bool(container(spec).hasSucceeded) }
                    return shown
                })
        }
        if let address = run.address, !run.isFinal || isOver || phase == "Failed" {
            status["podIP"] = .string(address)
            status["podIPs"] = [["ip": .string(address)]]
        }
        status["observedGeneration"] = generation
        if phase == "Failed", let reason = annotations["reason"] {
            status["reason"] = .string(reason)
            if reason == "Evicted" { status["message"] = "The node was low on resource: memory." }
        }
        return status
    }
}
