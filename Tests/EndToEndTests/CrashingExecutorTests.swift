import JSON
import KubernetesModel
import SpiceTypes
import Testing

/// An executor is Ready as soon as it runs. A version that crashes a moment later takes the place of one pod, not of all.
struct CrashingExecutorTests {
    @Test(arguments: ControlPlane.available) func theOthersStay(_ kind: ControlPlane) async throws {
        try await World.with(kind, "executors") { world in
            try await world.startController()
            try await world.makeExecutors(["name": "c", "role": "executor", "allowInsecureConnections": true], replicas: 3)
            try await world.ready("c-executor")
            let old = Set(try await world.list(.pods).map(\.uid))

            let crashing: JSONValue = ["hollow/fail": "crashloop", "hollow/crash-after": "1.5", "hollow/backoff": "0.5"]
            try await world.change("c-executor", spec: ["annotations": crashing])
            var fewest = 3
            try await eventually("the new version has crashed four times") {
                let pods = try await world.list(.pods)
                fewest = min(fewest, Self.serving(pods, among: old))
                return Self.crashes(pods) >= 4
            }
            #expect(fewest == 2)
            let stayed = Set(try await world.list(.pods).map(\.uid)).intersection(old)
            #expect(stayed.count == 2)

            try await world.change("c-executor", spec: ["annotations": .null])
            try await world.ready("c-executor")
            #expect(Set(try await world.list(.pods).map(\.uid)).isSuperset(of: stayed))
        }
    }

    private static func serving(_ pods: [JSONValue], among uids: Set<String>) -> Int {
        pods.count { uids.contains($0.uid) && $0.isReady }
    }

    private static func crashes(_ pods: [JSONValue]) -> Int64 {
        pods.compactMap { $0[path: "status", "containerStatuses"]?[0]?["restartCount"]?.intValue }.max() ?? 0
    }
}
