import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import SpiceTypes
import Testing

@testable import ClusterController

/// A whole controller on an API in the same process.
@Suite struct ReconcilerTests {
    @Test func aClusterBecomesTwoSetsAndAService() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        try await bench.create()
        try await bench.converge()
        #expect(await bench.condition("Ready")?["status"] == "True")
        let service = try #require(await bench.get(.services, Bench.discovery))
        #expect(service[path: "spec", "clusterIP"] == "None")
        #expect(service[path: "spec", "ports"]?.arrayValue?.compactMap { $0["port"]?.intValue } == [50052])
        #expect(service[path: "spec", "selector"] == ["spice.ai/cluster": "demo", "spice.ai/cluster-role": "scheduler"])
        #expect(service[path: "metadata", "labels"]?["spice.ai/app"] == "demo")
        #expect(service[path: "metadata", "labels"]?["spice.ai/cluster-role"] == "scheduler")
        #expect(service[path: "metadata", "labels"]?["spice.ai/spicepod"] == nil)
        for (key, role) in [(Bench.scheduler, "scheduler"), (Bench.executor, "executor")] {
            let set = try #require(await bench.get(.spicepodSets, key))
            #expect(set[path: "metadata", "labels"]?["spice.ai/cluster"] == "demo")
            #expect(set[path: "metadata", "labels"]?["spice.ai/cluster-role"] == .string(role))
            #expect(set[path: "metadata", "labels"]?["spice.ai/spicepod"] == .string(key.name))
            #expect(set[path: "metadata", "labels"]?["spice.ai/app"] == .string(key.name))
            #expect(set[path: "metadata", "ownerReferences"]?.arrayValue?.first?["kind"] == "SpicepodCluster")
            #expect(set[path: "spec", "cluster", "name"] == "demo")
        }
    }

    /// Nothing is written while nothing changes, and nothing by a controller that starts anew.
    @Test func idleWritesNothing() async throws {
        var bench = try await Bench()
        defer { bench.stop() }
        try await bench.create(Sample.cluster { $0.schedulerSpec.http = HTTPServerSpec() })
        try await bench.converge()
        let before = bench.writes.all.count
        for _ in 0..<5 { _ = try await bench.process.reconciler.reconcile(Bench.key) }
        for _ in 0..<3 {
            try await bench.restart()
            _ = try await bench.process.reconciler.reconcile(Bench.key)
        }
        #expect(bench.writes.all.count == before)
    }

    /// What a set's status says beside what we look at wakes nobody.
    @Test func timesInAStatusWakeNobody() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        try await bench.create()
        try await bench.converge()
        let woken = Recorded<ObjectKey>()
        bench.process.caches.onChange { woken.append($0) }
        for second in 0..<5 {
            let status: JSONValue = ["status": ["lastUpdated": .string("2026-01-01T00:00:0\(second)Z")]]
            _ = try await bench.setController.patch(.spicepodSets, Bench.executor, .merge(status), subresource: "status")
        }
        try await bench.catchUp()
        #expect(woken.all.isEmpty)
        _ = try await bench.setController.patch(
            .spicepodSets, Bench.executor, .merge(["status": ["readyReplicas": 1]]), subresource: "status")
        await eventually { woken.all == [Bench.key] }
    }

    /// Executors that wait for the schedulers are not written at all, whatever defaults the API server has added to their set.
    @Test func heldExecutorsAreNotWritten() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        try await bench.create()
        try await bench.converge()
        let before = await bench.get(.spicepodSets, Bench.executor)?[path: "metadata", "resourceVersion"]
        let image: JSONValue = ["image": ["tag": "2"]]
        try await bench.patch(["spec": ["schedulerSpec": image, "executorSpec": image]])
        try await bench.reconcile()
        #expect(await bench.get(.spicepodSets, Bench.scheduler)?[path: "spec", "image", "tag"] == "2")
        #expect(await bench.get(.spicepodSets, Bench.executor)?[path: "metadata", "resourceVersion"] == before)
        try await bench.converge()
        #expect(await bench.get(.spicepodSets, Bench.executor)?[path: "spec", "image", "tag"] == "2")
    }

    @Test func driftAndDeletionAreUndone() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        try await bench.create()
        try await bench.converge()
        _ = try await bench.user.patch(.spicepodSets, Bench.executor, .merge(["spec": ["replicas": 1, "image": ["tag": "mine"]]]))
        try await bench.user.delete(.services, Bench.discovery)
        try await bench.converge()
        let set = await bench.get(.spicepodSets, Bench.executor)
        #expect(set?[path: "spec", "replicas"] == 5)
        #expect(set?[path: "spec", "image", "tag"] == nil)
        #expect(await bench.get(.services, Bench.discovery) != nil)
    }

    @Test func aForeignServiceIsLeftAloneAndTold() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        _ = try await bench.user.create(
            .services,
            [
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": "demo-discovery", "namespace": "default"],
                "spec": ["ports": [["port": 1]]],
            ])
        try await bench.create()
        try await bench.catchUp()
        await #expect(throws: ReconcileError.self) { try await bench.process.reconciler.reconcile(Bench.key) }
        #expect(await bench.condition("Ready")?["reason"] == "ForeignObject")
        #expect(await bench.condition("Ready")?["message"]?.stringValue?.contains("demo-discovery") == true)
        #expect(await bench.get(.services, Bench.discovery)?[path: "spec", "selector"] == nil)
    }

    /// set-controller's zero is respected from the moment it is written, also before its status says why.
    @Test func aPauseIsNotUndone() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        try await bench.create()
        try await bench.converge()
        _ = try await bench.setController.patch(.spicepodSets, Bench.executor, .merge(["spec": ["replicas": 0]]))
        try await bench.reconcile()
        #expect(await bench.get(.spicepodSets, Bench.executor)?[path: "spec", "replicas"] == 0)
        #expect(await bench.condition("Paused")?["reason"] == "CrashLooping")
        try await bench.patch(["spec": ["executorSpec": ["image": ["tag": "fixed"]]]])
        try await bench.converge()
        #expect(await bench.get(.spicepodSets, Bench.executor)?[path: "spec", "replicas"] == 5)
        #expect(await bench.condition("Ready")?["status"] == "True")
    }

    /// Killed after any of its writes, it goes on where it was: nothing is made twice, and the order holds.
    @Test(arguments: 0...6) func aCrashLosesNothing(after requests: Int) async throws {
        var bench = try await Bench()
        defer { bench.stop() }
        try await bench.create()
        let left = Recorded<Int>()
        bench.server.faults.intercept { request in
            guard request.headers.contains(where: { $0.value == "cluster-controller" }), request.method != .get else { return nil }
            left.append(1)
            return left.all.count > requests ? HTTPResponse(status: 400, headers: HTTPHeaders([]), body: []) : nil
        }
        for _ in 0..<6 {
            try await bench.catchUp()
            _ = try? await bench.process.reconciler.reconcile(Bench.key)
            for key in [Bench.scheduler, Bench.executor] { try await bench.settle(key) }
        }
        bench.server.faults.intercept(nil)
        try await bench.restart()
        try await bench.converge()
        #expect(await bench.condition("Ready")?["status"] == "True")
        #expect(await bench.get(.spicepodSets, Bench.executor)?[path: "metadata", "generation"] == 1)
    }

    /// The other half of the status is cert-manager's.
    @Test func certManagersHalfIsLeftAlone() async throws {
        let bench = try await Bench()
        defer { bench.stop() }
        try await bench.create(Sample.cluster { $0.allowInsecureConnections = nil })
        let manager = KubernetesClient(
            transport: bench.user.transport, fieldManager: "spice-cert-manager", userAgent: "cert-manager")
        let condition: JSONValue = [
            "type": "CertificatesReady", "status": "True", "reason": "Issued", "message": "", "observedGeneration": 1,
            "lastTransitionTime": "2026-01-01T00:00:00Z",
        ]
        _ = try await manager.apply(
            .spicepodClusters, Bench.key, ["status": ["rootCertificateReady": true, "conditions": [condition]]],
            subresource: "status", force: true)
        try await bench.converge()
        #expect(await bench.condition("Ready")?["status"] == "True")
        #expect(await bench.condition("CertificatesReady")?["status"] == "True")
        let status = await bench.get(.spicepodClusters, Bench.key)?["status"]
        #expect(status?["rootCertificateReady"] == true)
        #expect(status?[path: "executors", "ready"] == 5)
    }
}
