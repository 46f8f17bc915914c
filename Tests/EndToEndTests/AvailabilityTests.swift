import JSON
import KubernetesModel
import SpiceTypes
import Testing

/// Five replicas, rolled three times under each strategy: the Service never has fewer ready endpoints than the strategy
/// promises, and under BlueGreen never pods of two versions.
struct AvailabilityTests {
    struct Promise: Sendable, CustomTestStringConvertible {
        var strategy: JSONValue
        var atLeast: Int
        var testDescription: String { strategy["type"]?.stringValue ?? "" }
    }

    static let promises = [
        Promise(strategy: ["type": "RollingOrdered"], atLeast: 4),
        Promise(strategy: ["type": "RollingParallel", "maxUnavailable": 2], atLeast: 3),
        Promise(strategy: ["type": "BlueGreen"], atLeast: 5),
    ]

    @Test(arguments: ControlPlane.available, promises) func rolledThrice(_ kind: ControlPlane, _ promise: Promise) async throws {
        try await World.with(kind, "available") { world in
            try await world.startController()
            try await world.make("steady", ["replicas": 5, "updateStrategy": promise.strategy])
            try await world.ready("steady")
            let history = EndpointHistory()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await history.record("steady", in: world) }
                try await eventually("all five receive traffic") { history.states.last?.count == 5 }
                for round in 1...3 {
                    try await world.change("steady", spec: ["env": [["name": "ROUND", "value": .string("\(round)")]]])
                    try await world.ready("steady")
                }
                try await eventually("the last version receives traffic") {
                    try await world.versions(of: history.states.last ?? []).count == 1
                }
                group.cancelAll()
            }
            #expect(history.fewest >= promise.atLeast, "\(history.states.map(\.count))")
            if promise.atLeast == 5 {
                // pods of a version have its name in theirs
                for state in history.states { #expect(Set(state.map { $0.split(separator: "-")[1] }).count == 1, "\(state)") }
            }
        }
    }
}

extension World {
    func versions(of pods: Set<String>) async throws -> Set<String> {
        Set(try await list(.pods).filter { pods.contains($0.name) }.compactMap { $0.labels[LabelKey.version] })
    }
}
