import ControllerSimulation
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import RolloutSimulation
import SpiceTypes

/// One seed of set-controller, cluster-controller and cert-manager together, and the books that their promises are checked against.
final class Run: Audience, @unchecked Sendable {
    private static let template = ClusterTemplate(
        nodes: 2, definitions: GeneratedCRDs.all, namespaces: [Picture.operatorNamespace])

    let stage: Stage
    let user: User
    /// As the API has it, and as each service knows it.
    var picture = Picture()
    private(set) var known: [String: Picture] = [:]
    /// `known` when the service last planned.
    private var planned: [String: Picture] = [:]
    private var ledger = Ledger()
    private var promises = Promises()
    /// Writes of services that changed something.
    var writes: [String] = []
    /// What the first root CA of the cluster was, for planted bugs.
    private(set) var firstAuthority: JSONValue?
    /// By how much the clock of cert-manager's machine is ahead.
    var clockError: Duration = .zero
    private let isOrdered: Bool
    private let mutation: Mutation?

    init(_ script: Script, mutation: Mutation? = nil, keepsTrace: Bool = false) async throws {
        stage = try await Stage(seed: script.seed, Self.template, keepsTrace: keepsTrace)
        user = User(stage.server, script.start, stage.clock)
        isOrdered = script.isOrdered
        self.mutation = mutation
    }

    var certificateTime: Timestamp { stage.clock.wall + clockError }

    func service(_ service: Decision.Service) -> SimulatedService {
        stage.services[Decision.Service.allCases.firstIndex(of: service) ?? 0]
    }

    /// Plays the script to its end, then lets the cluster come to rest.
    func play(_ script: Script) async throws {
        try stage.open(services, for: self)
        try await user.createCluster()
        stage.absorb(.user)
        try await stage.play(script.beats, perform: perform)
        guard stage.violation == nil else { return }
        try await comeToRest()
    }

    private var services: [SimulatedService] {
        Decision.Service.allCases.map { service in
            let simulated = SimulatedService(service.rawValue) { [unowned self] client in
                switch service {
                case .set:
                    .setController(client, stage.clock) { [unowned self] plan in mutation?.apply(plan, self) ?? plan }
                case .cluster:
                    .clusterController(client, stage.clock) { [unowned self] plan in mutation?.apply(plan, self) ?? plan }
                case .certificates: .certManager(client, stage.clock) { [unowned self] in certificateTime }
                }
            }
            if let rewrite = mutation?.request {
                simulated.rewrite = { [unowned self] request in rewrite(&request, service, self) }
            }
            return simulated
        }
    }

    private func perform(_ decision: Decision) async throws {
        switch decision {
        case .request(let name, let fault, let after): service(name).faults.arm(fault, after: after)
        case .crash(let name, let writes): service(name).faults.armCrash(afterWrites: writes)
        case .relist(let name, let index): try stage.relist(service(name), index)
        case .service(let name, let isUp): try bring(service(name), up: isUp)
        case .pass(let hours): stage.advance(.seconds(hours * 3600))
        case .clock(let hours): clockError = .seconds(hours * 3600)
        default:
            try await user.perform(decision, picture)
            stage.absorb(decision.isFault ? .fault : .user)
        }
    }

    func bring(_ service: SimulatedService, up isUp: Bool) throws {
        if !isUp { stage.stop(service) } else if service.process == nil { try stage.start(service) }
    }

    // MARK: What happened

    func saw(_ event: StoreEvent, by actor: Actor, isKnown: Bool) {
        if isKnown, case .service(let name) = actor { _ = known[name]?.take(event) }
        if actor.isService { writes.append("\(actor.text): \(event.kind.rawValue) \(event.resource) \(event.key.name)") }
        guard let change = picture.take(event) else { return }
        tell(change, event, actor)
        if case .secret(Picture.authority, let secret?) = change {
            firstAuthority = firstAuthority ?? secret["data"]?[NodeCertificate.certificate]
        }
        let replicas = change.role.flatMap { planned[Decision.Service.set.rawValue]?.sets[$0]?.replicas } ?? 0
        let lost = ledger.take(change, by: actor, picture, replicas: replicas)
        guard stage.violation == nil else { return }
        let moment = Moment(
            certificateTime: certificateTime, actor: actor, change: change, lost: lost, picture: picture, ledger: ledger,
            planned: planned, isOrdered: isOrdered, keyReasons: user.keyReasons)
        if let broken = promises.check(moment) { stage.fail(broken) }
    }

    private func tell(_ change: Change, _ event: StoreEvent, _ actor: Actor) {
        guard stage.trace.isKept else { return }
        let text = change.text()
        guard text != nil || actor != .cluster else { return }
        stage.trace.note("  \(actor.text): \(text ?? "\(event.kind.rawValue) \(event.resource) \(event.key.name)")")
    }

    func began(_ service: SimulatedService) { known[service.name] = picture }
    func learned(_ event: StoreEvent, _ service: SimulatedService) { _ = known[service.name]?.take(event) }
    func plans(_ service: SimulatedService) { planned[service.name] = known[service.name] }
    func passed() -> Violation? { nil }
    func tellState() { stage.tellPods() }
}

extension Change {
    /// Of the nodes that it concerns.
    var role: ClusterRole? {
        switch self {
        case .node(let before, let after): (after ?? before)?.role
        case .workload(let before, let after): (after ?? before)?.role
        default: nil
        }
    }
}
