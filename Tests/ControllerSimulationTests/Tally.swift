import ControllerRuntime
import ControllerSimulation
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane

/// Two services that meet in objects alone: `copier` makes a Secret for every ConfigMap labelled `copy`, `counter` writes into each
/// such Secret how long its name is.
final class Tally: Audience {
    static let cluster = ClusterTemplate(nodes: 1, definitions: [], namespaces: ["copies"])

    let stage: Stage
    private(set) var writers: [Actor] = []
    private(set) var began: [String] = []

    var copier: SimulatedService { stage.services[0] }
    var counter: SimulatedService { stage.services[1] }

    init(seed: UInt64) async throws {
        stage = try await Stage(seed: seed, Self.cluster, keepsTrace: true)
        let clock = stage.clock
        try stage.open(
            [
                SimulatedService("copier") { client in
                    let maps = Informer<Named>(client: client, resource: .configMaps, labels: "copy")
                    let process = SimulatedProcess(clock, watches: [maps])
                    let copies = process.addController { key in
                        guard maps[key] != nil else { return nil }
                        let copy: JSONValue = ["metadata": ["labels": ["counted": "yes"]]]
                        let target = ObjectKey(namespace: "copies", name: key.name)
                        _ = try await client.apply(.secrets, target, copy, force: true)
                        return nil
                    }
                    maps.onChange { [unowned process] old, new in
                        (new ?? old).map { process.enqueue($0.identity.key, for: copies) }
                    }
                    return process
                },
                SimulatedService("counter") { client in
                    let copies = Informer<Named>(client: client, resource: .secrets, labels: "counted=yes")
                    let process = SimulatedProcess(clock, watches: [copies])
                    let counts = process.addController { key in
                        guard let copy = copies[key] else { return nil }
                        guard copy.annotations["length"] != "\(key.name.count)" else { return nil }
                        let count: JSONValue = ["metadata": ["annotations": ["length": .string("\(key.name.count)")]]]
                        _ = try await client.patch(.secrets, key, .merge(count))
                        return nil
                    }
                    copies.onChange { [unowned process] old, new in
                        (new ?? old).map { process.enqueue($0.identity.key, for: counts) }
                    }
                    return process
                },
            ], for: self)
    }

    /// Lengths by the names of the copies.
    var lengths: [String: String] {
        let secrets = stage.server.stored(GroupResource(group: "", plural: "secrets")).objects
        return Dictionary(
            uniqueKeysWithValues: secrets.map {
                ($0[path: "metadata", "name"]?.stringValue ?? "", $0[path: "metadata", "annotations", "length"]?.stringValue ?? "")
            })
    }

    private var user: KubernetesClient {
        KubernetesClient(transport: InProcessTransport(stage.server), fieldManager: "user", userAgent: "user")
    }

    func label(_ name: String, _ labels: JSONValue) async throws {
        let key = ObjectKey(namespace: "default", name: name)
        _ = try await user.patch(.configMaps, key, .merge(["metadata": ["labels": labels]]))
        stage.absorb(.user)
    }

    func makeMap(_ name: String, labels: JSONValue = ["copy": ""]) async throws {
        _ = try await user.create(
            .configMaps,
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": ["name": .string(name), "namespace": "default", "labels": labels],
            ])
        stage.absorb(.user)
    }

    func rest() async throws { _ = try await stage.settle(for: .seconds(600)) { false } }

    func saw(_ event: StoreEvent, by actor: Actor, isKnown: Bool) {
        if ["secrets", "configmaps"].contains(event.resource.plural) { writers.append(actor) }
    }
    func began(_ service: SimulatedService) { began.append(service.name) }
    func learned(_ event: StoreEvent, _ service: SimulatedService) {}
    func plans(_ service: SimulatedService) {}
    func passed() -> Violation? { nil }
    func tellState() {}
}

struct Named: CachedObject {
    var identity: ObjectIdentity
    var annotations: [String: String]

    init(scanning scanner: inout JSONScanner) throws {
        var (identity, annotations) = (ObjectIdentity(), [String: String]())
        try scanner.forEachKey { key, scanner in
            guard case "metadata" = key else { return try scanner.skip() }
            identity = try ObjectIdentity(scanningMetadata: &scanner) { key, scanner in
                guard case "annotations" = key else { return try scanner.skip() }
                annotations = (try scanner.value().objectValue ?? [:]).compactMapValues(\.stringValue)
            }
        }
        (self.identity, self.annotations) = (identity, annotations)
    }
}
