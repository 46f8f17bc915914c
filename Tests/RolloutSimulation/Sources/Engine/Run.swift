import ControllerSimulation
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import SetController
import SpiceTypes

/// One seed of set-controller alone, and the books that its promises are checked against.
final class Run: Audience, @unchecked Sendable {
    static let key = ObjectKey(namespace: Picture.namespace, name: Picture.name)
    private static let cluster = ClusterTemplate(nodes: 2, definitions: GeneratedCRDs.all)

    let stage: Stage
    let user: User
    /// As the API has it, and as the controller's caches have it.
    var picture = Picture()
    var known = Picture()
    /// `known` when the controller last planned.
    private var planned = Picture()
    private var ledger = Ledger()
    private var promises = Promises()
    /// Writes of the controller that changed something, other than the status alone.
    var writes: [String] = []
    private let mutation: Mutation?

    var controller: SimulatedService { stage.services[0] }

    init(_ script: Script, mutation: Mutation? = nil, keepsTrace: Bool = false) async throws {
        stage = try await Stage(seed: script.seed, Self.cluster, keepsTrace: keepsTrace)
        user = User(stage.server, script.start, stage.clock)
        self.mutation = mutation
    }

    /// Plays the script to its end, then lets the set come to rest.
    func play(_ script: Script) async throws {
        let service = SimulatedService("set-controller") { [unowned self] client in
            .setController(client, stage.clock) { [unowned self] plan in mutation?.apply(plan, self) ?? plan }
        }
        try stage.open([service], for: self)
        try await user.createSet()
        stage.absorb(.user)
        try await stage.play(script.beats, perform: perform)
        guard stage.violation == nil else { return }
        try await comeToRest()
    }

    private func perform(_ decision: Decision) async throws {
        switch decision {
        case .request(let fault, let after): controller.faults.arm(fault, after: after)
        case .crash(let writes): controller.faults.armCrash(afterWrites: writes)
        case .relist(let index): try stage.relist(controller, index)
        case .pod, .healPods, .node:
            try await user.perform(decision, picture)
            stage.absorb(.fault)
        default:
            try await user.perform(decision, picture)
            stage.absorb(.user)
        }
    }

    // MARK: What happened

    func saw(_ event: StoreEvent, by actor: Actor, isKnown: Bool) {
        if isKnown { _ = known.take(event) }
        guard let change = picture.take(event) else { return }
        if actor == .controller { writes.append("\(event.kind.rawValue) \(event.resource) \(event.key.name)") }
        tell(change, event, actor)
        let lost = ledger.take(change, by: actor, picture, replicas: planned.set?.replicas ?? 0)
        guard stage.violation == nil else { return }
        let moment = Moment(
            now: stage.clock.wall, actor: actor, change: change, lost: lost, picture: picture, ledger: ledger, planned: planned)
        if let broken = promises.check(moment) { stage.fail(broken) }
    }

    private func tell(_ change: Change, _ event: StoreEvent, _ actor: Actor) {
        guard stage.trace.isKept else { return }
        let text = change.text(picture)
        guard text != nil || actor != .cluster else { return }
        stage.trace.note("  \(actor.text): \(text ?? "\(event.kind.rawValue) \(event.resource) \(event.key.name)")")
    }

    func began(_ service: SimulatedService) { known = picture }
    func learned(_ event: StoreEvent, _ service: SimulatedService) { _ = known.take(event) }
    func plans(_ service: SimulatedService) { planned = known }
    func passed() -> Violation? { promises.tick(picture, stage.clock.wall) }

    func tellState() {
        guard stage.trace.isKept else { return }
        stage.trace.note(
            "  Service selects \(picture.service.map { "\($0.selector.sorted { $0.key < $1.key })" } ?? "nothing: there is none")")
        stage.tellPods()
    }
}

extension Actor {
    static let controller = Actor.service("set-controller")
}
