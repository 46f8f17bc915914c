import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

@testable import ClusterController

/// What somebody else writes into the spec of a child set goes, also where the cluster leaves the field out and so owns nothing
/// that could differ.
@Suite struct ForeignChangeTests {
    private static let pods: JSONValue = [
        "image": ["tag": "mine"], "env": [["name": "MINE", "value": "1"]], "labels": ["team": "mine"],
        "terminationGracePeriodSeconds": 3, "serviceAccount": ["name": "mine"],
    ]

    fileprivate static let changes: [(ObjectKey, JSONValue)] = [
        (Bench.executor, pods), (Bench.scheduler, pods), (Bench.scheduler, ["service": ["enabled": false]] as JSONValue),
        (Bench.executor, ["replicas": 2, "updateStrategy": ["type": "Parallel"]] as JSONValue),
    ]

    private func write(_ spec: JSONValue, into key: ObjectKey, _ bench: Bench) async throws {
        _ = try await bench.user.patch(.spicepodSets, key, .merge(["spec": spec]))
    }

    private func spec(_ key: ObjectKey, _ bench: Bench) async -> JSONValue? { await bench.get(.spicepodSets, key)?["spec"] }

    private func running() async throws -> Bench {
        let bench = try await Bench()
        try await bench.create()
        try await bench.converge()
        return bench
    }

    /// Back in one pass, and nothing is written from then on.
    @Test(arguments: changes) func isTakenBack(key: ObjectKey, change: JSONValue) async throws {
        let bench = try await running()
        defer { bench.stop() }
        let before = try #require(await spec(key, bench))
        try await write(change, into: key, bench)
        try await bench.catchUp()
        _ = try await bench.process.reconciler.reconcile(Bench.key)
        #expect(await spec(key, bench) == before)
        let writes = bench.writes.all.count
        try await bench.catchUp()
        let plan = try #require(try bench.process.reconciler.plan(Bench.key)).1
        #expect(plan.apply.filter(\.takesOver).isEmpty)
        try await bench.converge()
        #expect(bench.writes.all.filter { $0.contains("spicepodsets") }.count <= writes)
        #expect(await bench.condition("Ready")?["status"] == "True")
        let settled = bench.writes.all.count
        for _ in 0..<3 { try await bench.reconcile() }
        #expect(bench.writes.all.count == settled)
    }

    @Test func theEventNamesWhoAndWhat() async throws {
        let bench = try await running()
        defer { bench.stop() }
        try await write(["image": ["tag": "mine"], "env": [["name": "MINE", "value": "1"]]], into: Bench.executor, bench)
        try await bench.catchUp()
        let plan = try #require(try bench.process.reconciler.plan(Bench.key)).1
        let event = try #require(plan.events.first { $0.reason == .changeTakenBack })
        #expect(event.note.contains("SpicepodSet demo-executor"))
        #expect(event.note.contains("spec.env, spec.image by kubectl"))
        #expect(event.note.contains("spec.executorSpec"))
    }

    @Test func metadataOfOthersStays() async throws {
        let bench = try await running()
        defer { bench.stop() }
        let mine: JSONValue = ["metadata": ["labels": ["team": "a"], "annotations": ["note": "b"]]]
        _ = try await bench.user.patch(.spicepodSets, Bench.executor, .merge(mine))
        let settled = bench.writes.all.count
        try await bench.reconcile()
        #expect(bench.writes.all.count == settled, "metadata alone is nobody's concern")
        try await write(["image": ["tag": "mine"]], into: Bench.executor, bench)
        try await bench.reconcile()
        let set = await bench.get(.spicepodSets, Bench.executor)
        #expect(set?[path: "spec", "image", "tag"] == nil)
        #expect(set?[path: "metadata", "labels"]?["team"] == "a")
        #expect(set?[path: "metadata", "annotations"]?["note"] == "b")
    }

    /// Executors that wait for the schedulers get back what was asked of them last.
    @Test func heldExecutorsGetBackWhatTheyHad() async throws {
        let bench = try await running()
        defer { bench.stop() }
        try await bench.patch(["spec": ["executorSpec": ["image": ["tag": "1"]]]])
        try await bench.converge()
        let before = try #require(await spec(Bench.executor, bench))
        let image: JSONValue = ["image": ["tag": "2"]]
        try await bench.patch(["spec": ["schedulerSpec": image, "executorSpec": image]])
        try await bench.reconcile()
        try await write(
            ["env": [["name": "MINE", "value": "1"]], "serviceAccount": ["name": "mine"]], into: Bench.executor, bench)
        try await bench.reconcile()
        #expect(await spec(Bench.executor, bench) == before)
        #expect(await bench.condition("Progressing")?["reason"] != "Complete")
        try await bench.converge()
        #expect(await spec(Bench.executor, bench)?[path: "image", "tag"] == "2")
    }

    /// What was asked for and then overwritten is known to nobody: neither the wanted version before its turn nor a third one.
    @Test func whatIsLostWaitsForItsTurn() async throws {
        let bench = try await running()
        defer { bench.stop() }
        try await bench.patch(["spec": ["executorSpec": ["image": ["tag": "1"]]]])
        try await bench.converge()
        let image: JSONValue = ["image": ["tag": "2"]]
        try await bench.patch(["spec": ["schedulerSpec": image, "executorSpec": image]])
        try await bench.reconcile()
        try await write(["image": ["tag": "mine"]], into: Bench.executor, bench)
        try await bench.reconcile()
        #expect(await spec(Bench.executor, bench)?[path: "image", "tag"] == "mine")
        #expect(await bench.condition("Progressing")?["reason"] != "Complete")
        try await bench.converge()
        #expect(await spec(Bench.executor, bench)?[path: "image", "tag"] == "2")
        #expect(await bench.condition("Ready")?["status"] == "True")
    }

    /// set-controller's zero is no intrusion, and what else was written goes when the set resumes.
    @Test func aStoppedSetIsLeftUntilItResumes() async throws {
        let bench = try await running()
        defer { bench.stop() }
        _ = try await bench.setController.patch(.spicepodSets, Bench.executor, .merge(["spec": ["replicas": 0]]))
        try await write(["image": ["tag": "mine"]], into: Bench.executor, bench)
        try await bench.reconcile()
        #expect(await spec(Bench.executor, bench)?["replicas"] == 0)
        try await bench.patch(["spec": ["executorSpec": ["replicas": 4]]])
        try await bench.converge()
        #expect(await spec(Bench.executor, bench)?["replicas"] == 4)
        #expect(await spec(Bench.executor, bench)?[path: "image", "tag"] == nil)
        #expect(await bench.condition("Ready")?["status"] == "True")
    }

    /// Ready pods of somebody else's version are not those that the cluster wants.
    @Test func theStatusIsNotDeceived() async throws {
        let bench = try await running()
        defer { bench.stop() }
        try await write(["image": ["tag": "mine"]], into: Bench.executor, bench)
        try await bench.settle(Bench.executor)
        try await bench.catchUp()
        let status = try #require(try bench.process.reconciler.plan(Bench.key)).1.status
        #expect(status.condition("Ready")?.status == .false)
        #expect(status.condition("Progressing")?.reason == "UpgradingExecutors")
        #expect(status.executors?.updated == 0)
    }
}
