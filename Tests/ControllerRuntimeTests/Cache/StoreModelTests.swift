import KubernetesModel
import Testing

@testable import ControllerRuntime

/// Random histories of a server, a watch that lags behind it, lists in between, and writes of our own.
@Suite struct StoreModelTests {
    @Test(arguments: 0..<200 as Range<UInt64>) func followsTheServer(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var store = Store<Item>()
        var server = SimulatedServer()
        for _ in 0..<200 {
            let name = random.pick(["a", "b", "c"]) ?? "a"
            switch random.next() % 10 {
            case 0, 1: _ = server.put(name, owner: random.pick(["x", "y"]))
            case 2: server.delete(name)
            case 3, 4:
                let written = server.put(name, owner: "x")
                // the answer may come in after more has happened
                if random.chance(0.3) { server.delete(name) }
                for _ in 0..<(random.next() % 3) { tell(&store, &server) }
                _ = store.observe(written: written)
            case 5:
                // taken now or a little earlier, never before what was told already
                let revision = Int.random(in: server.told...server.revision, using: &random)
                store.beginRelist(nil)
                for item in server.objects(at: revision) { store.stage(item, nil) }
                _ = store.finishRelist(nil, resourceVersion: "\(revision)")
                server.told = revision
            default: tell(&store, &server)
            }
            // never older than what the watch has told
            for item in server.objects(at: server.told) {
                let known = store[item.identity.key]
                #expect(known.map { $0.version >= item.version } ?? false, "seed \(seed)")
            }
        }
        while server.told < server.revision { tell(&store, &server) }
        #expect(Set(store.objects.values) == Set(server.objects), "seed \(seed)")
        for owner in ["x", "y"] {
            #expect(Set(store.owned(by: owner)) == Set(server.objects.filter { $0.identity.controllerUID == owner }))
        }
    }

    private func tell(_ store: inout Store<Item>, _ server: inout SimulatedServer) {
        switch server.nextEvent() {
        case .applied(let item): _ = store.apply(item)
        case .deleted(let item):
            _ = store.remove(item.identity.key, uid: item.identity.uid, resourceVersion: item.identity.resourceVersion)
        case nil: break
        }
    }
}
