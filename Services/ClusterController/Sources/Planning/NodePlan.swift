import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes

/// The nodes of one role: what the cluster wants of them, what there is, and what its set is to be now.
struct NodePlan: Sendable {
    /// Whether the set may be made, and whether its pods may change: the executors' turn comes after the schedulers'.
    struct Turn: Sendable, Hashable {
        var mayStart = true
        var mayChange = true
    }

    let role: ClusterRole
    let cluster: SpicepodCluster
    /// As the cluster wants it in the end.
    let wanted: SpicepodSet
    let wantedVersion: Version
    let live: ObservedSet?
    /// What is asked for now; nil while the set is not to be made yet.
    let spec: SpicepodSetSpec?
    /// The version that is asked for now.
    let version: String
    /// `spec.replicas` stays 0 as set-controller left it: nothing has changed since that would let the pods live.
    let keepsPause: Bool
    /// What others wrote into the set's spec goes.
    let takesBack: Bool
    /// The pods that the set describes are those of the cluster.
    private(set) var isAsWanted = false

    init(_ role: ClusterRole, _ world: World, _ settings: Settings, turn: Turn = Turn()) throws(JSONError) {
        let wanted = world.cluster.set(role, clusterDomain: settings.clusterDomain)
        let live = world.sets[role]
        let wantedVersion = try Version(of: wanted.spec, named: wanted.metadata.name ?? "")
        self.role = role
        cluster = world.cluster
        self.wanted = wanted
        self.wantedVersion = wantedVersion
        self.live = live
        guard let live, let current = live.spec else {
            version = wantedVersion.sha
            spec = turn.mayStart ? wanted.spec : nil
            keepsPause = false
            takesBack = false
            return
        }
        let asked = live.version ?? live.specVersion
        let isHeld = asked != wantedVersion.sha && !turn.mayChange
        let version = isHeld ? asked ?? wantedVersion.sha : wantedVersion.sha
        // of what was asked for: to ask for the API server's defaults too would be a write that changes nothing
        var spec = isHeld ? wanted.spec.keepingDeployment(of: live.asked ?? current) : wanted.spec
        let keepsPause = live.isStopped && live.wishedReplicas == wanted.spec.replicas && live.version == version
        if keepsPause { spec.replicas = nil }
        self.version = version
        self.spec = spec
        self.keepsPause = keepsPause
        // While the set is stopped, the zero that is not ours would go too. And where somebody has overwritten what was asked for
        // before, nobody knows it any more: that set waits for its turn.
        takesBack = !live.intruders.isEmpty && !keepsPause && (!isHeld || live.askedVersion == version)
        isAsWanted = try isAsWanted(live)
    }

    var name: String { wanted.metadata.name ?? "" }
    /// How many are wanted.
    var wish: Int32 { wanted.spec.replicas ?? 1 }
    /// The pods keep their version although another is wanted.
    var isHeldBack: Bool { live != nil && version != wantedVersion.sha }
    /// The set that is there is to change its version now.
    var changesVersion: Bool { live != nil && live?.version != nil && live?.version != version }
    /// The set was stopped, and what changed lets it run again.
    var resumes: Bool { live?.isStopped == true && !keepsPause && wish > 0 }
    /// Ready with the version that is wanted in the end.
    var updated: Int32 { isAsWanted ? live?.updated ?? 0 : 0 }
    var ready: Int32 { live?.ready ?? 0 }

    /// Where the API server fills in defaults that make a version, what we own of the set tells; unless others own some too.
    private func isAsWanted(_ live: ObservedSet) throws(JSONError) -> Bool {
        guard live.version == wantedVersion.sha else { return false }
        if live.specVersion == wantedVersion.sha { return true }
        guard live.intruders.isEmpty, let desired = try ChildSetBuilder.build(self, cluster) else { return false }
        return OwnedFields.digest(ofIntent: desired.object) == live.owned
    }
}
