import ControllerRuntime
public import JSON
import KubernetesModel
public import SpiceTypes

/// The objects that a set becomes, told without a cluster.
public enum SetRenderer {
    /// What a world in which every pod is ready already is kept at: everything at once, where a rollout takes its time.
    ///
    /// References to the set are left out: they need the UID that only the API server gives.
    /// - Returns: the objects in the order of writing; nothing for a spec that breaks a rule.
    public static func objects(of set: SpicepodSet, settings: Settings = Settings()) throws(JSONError) -> [JSONValue] {
        var world = World(set: set, now: Timestamp(unixSeconds: 0))
        let version = try Version(of: set.spec, named: set.metadata.name ?? "")
        let names = ChildNames(set: set.metadata.name ?? "")
        let observed = ObservedRollout(world, names, adaptiveDeployment: settings.adaptiveDeployment)
        let generation = observed.target(version)
        if generation == .deployment {
            world.add(service: names.service, selecting: generation)
        } else {
            for ordinal in 0..<observed.count {
                world.add(workload: names.statefulSet(ordinal, in: generation), version.short, generation)
            }
        }
        return try Planner(settings: settings).plan(world).apply.map { desired in
            var object = desired.object
            object[path: "metadata", "ownerReferences"] = nil
            return object
        }
    }
}

extension World {
    /// A Deployment's Service would wait for its pod.
    fileprivate mutating func add(service name: String, selecting generation: GenerationID) {
        let key = ObjectKey(namespace: set.metadata.namespace ?? "default", name: name)
        services.append(ObservedService(key: key, selector: [LabelKey.layout: generation.layout.rawValue]))
    }

    /// A workload with a pod that has been ready for ever.
    fileprivate mutating func add(workload name: String, _ version: String, _ generation: GenerationID) {
        let key = ObjectKey(namespace: set.metadata.namespace ?? "default", name: name)
        var workload = ObservedWorkload(key: key, uid: name, version: version, isObserved: true)
        if case .versioned = generation { workload.layout = .versioned }
        var pod = ObservedPod()
        pod.key = ObjectKey(namespace: key.namespace, name: "\(name)-0")
        pod.uid = pod.key.name
        pod.ownerUID = name
        pod.version = version
        pod.phase = "Running"
        pod.isReady = true
        pod.readySince = now
        workloads.append(workload)
        pods.append(pod)
    }
}
