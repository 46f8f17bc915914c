import KubernetesModel
import SpiceTypes

/// The workloads of a generation, a replica for each wanted ordinal.
struct Generation: Sendable {
    let id: GenerationID
    let replicas: [Replica]
    /// Workloads past the wanted number of replicas.
    let surplus: [ObservedWorkload]
    let workloads: [ObservedWorkload]

    /// - Parameters:
    ///   - pods: by the UID of their workload.
    ///   - orphans: pods whose workload is being replaced, by its name.
    init(
        _ id: GenerationID, _ workloads: [ObservedWorkload], pods: [String: [ObservedPod]], orphans: [String: ObservedPod],
        names: ChildNames, count: Int
    ) {
        let workloads = workloads.sorted { $0.key < $1.key }
        func replica(_ ordinal: Int, _ workload: ObservedWorkload?) -> Replica {
            let orphan = workload == nil ? orphans[names.statefulSet(ordinal, in: id)] : nil
            return Replica(
                ordinal: ordinal, workload: workload, pods: workload.flatMap { pods[$0.uid] } ?? [orphan].compactMap { $0 })
        }
        self.id = id
        self.workloads = workloads
        guard id != .deployment else {
            // It is no surplus while the set is paused: it keeps its place without a pod.
            replicas = count == 0 ? [] : [replica(0, workloads.first)]
            surplus = Array(workloads.dropFirst())
            return
        }
        let byName = Dictionary(workloads.map { ($0.key.name, $0) }, uniquingKeysWith: { first, _ in first })
        let replicas = (0..<count).map { replica($0, byName[names.statefulSet($0, in: id)]) }
        let wanted = Set(replicas.compactMap(\.workload?.key))
        self.replicas = replicas
        surplus = workloads.filter { !wanted.contains($0.key) }
    }

    /// Without workloads it serves nobody, and with a Deployment without pods neither.
    var isEmpty: Bool { workloads.allSatisfy { $0.deployment?.replicas == 0 } }

    var available: Int { replicas.count(where: \.isAvailable) }

    func settled(_ version: String) -> Int { replicas.count { $0.isSettled(version) } }

    /// It has begun to run the version: what goes on is finished where it began.
    func holds(_ version: String) -> Bool { workloads.contains { $0.version == version } }

    /// The one version that all its workloads have.
    var version: String? {
        if let version = id.version { return version }
        let versions = Set(workloads.map(\.version))
        return versions.count == 1 ? versions.first ?? nil : nil
    }
}

extension ChildNames {
    func statefulSet(_ ordinal: Int, in generation: GenerationID) -> String {
        statefulSet(ordinal, version: generation.version.map { Version(sha: $0) })
    }
}
