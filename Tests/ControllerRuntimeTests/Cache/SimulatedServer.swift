import KubernetesModel

@testable import ControllerRuntime

/// A server's objects with their whole history, and a watch that has told of a part of it.
struct SimulatedServer {
    enum Event {
        case applied(Item)
        case deleted(Item)

        var item: Item {
            switch self {
            case .applied(let item), .deleted(let item): item
            }
        }
    }

    /// The change of revision n is at n - 1.
    private(set) var history: [Event] = []
    /// Up to which revision the watch has told.
    var told = 0

    var revision: Int { history.count }
    var objects: [Item] { objects(at: revision) }

    func objects(at revision: Int) -> [Item] {
        var items: [String: Item] = [:]
        for event in history.prefix(revision) {
            switch event {
            case .applied(let item): items[item.identity.key.name] = item
            case .deleted(let item): items[item.identity.key.name] = nil
            }
        }
        return Array(items.values)
    }

    mutating func put(_ name: String, owner: String?) -> Item {
        let known = objects.first { $0.identity.key.name == name }
        let item = Item(name, version: revision + 1, uid: known?.identity.uid ?? "uid-\(revision + 1)", owner: owner)
        history.append(.applied(item))
        return item
    }

    mutating func delete(_ name: String) {
        guard var last = objects.first(where: { $0.identity.key.name == name }) else { return }
        last.identity.resourceVersion = "\(revision + 1)"
        history.append(.deleted(last))
    }

    mutating func nextEvent() -> Event? {
        guard told < revision else { return nil }
        told += 1
        return history[told - 1]
    }
}
