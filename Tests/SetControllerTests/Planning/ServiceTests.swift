import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// The Service is made when `minReadyForCutover` pods are ready, stays from then on, and goes only when it is switched off.
@Suite struct ServiceTests {
    @Test(arguments: [(nil, 3), (0, 3), (1, 1), (2, 2), (9, 3)] as [(Int32?, Int)])
    func madeOnceEnoughPodsAreReady(minReady: Int32?, needed: Int) throws {
        var cluster = Cluster(
            Sample.set {
                $0.replicas = 3
                $0.updateStrategy = UpdateStrategy { $0.minReadyForCutover = minReady }
            })
        for ready in 0..<3 {
            #expect(try cluster.reconcile().applied(.services).contains("demo") == (ready >= needed))
            cluster.fleet.settle()
        }
        #expect(try cluster.reconcile().applied(.services).contains("demo"))
    }

    @Test func keptWhilePodsAreDown() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 2)
        for pod in ["demo-0-0", "demo-1-0"] { cluster.fleet.setReady(pod, false) }
        let plan = try cluster.plan()
        #expect(plan.applied(.services) == ["demo-headless", "demo"])
        #expect(plan.delete == [])
    }

    @Test func switchedOff() throws {
        var cluster = try OrderedUpdateTests.running(replicas: 1)
        cluster.edit { $0.service = ServiceToggle { $0.enabled = false } }
        #expect(try cluster.plan().removed(.services) == ["demo"])
        #expect(try cluster.converge() == [])
        #expect(cluster.names(.services) == ["demo-headless"])
    }

    /// Clients find the pods under fixed ports whatever the runtime listens on.
    @Test func fixedPorts() throws {
        var cluster = try Cluster(Sample.set(yaml: "{http: {port: 1}, flight: {port: 2}, metrics: {port: 3}}"))
        try cluster.converge()
        let ports = cluster.object(.services, "demo")?[path: "spec", "ports"]?.arrayValue ?? []
        #expect(ports.compactMap { $0["port"]?.intValue } == [8080, 8090, 50051, 9090])
        #expect(ports.compactMap { $0["targetPort"]?.stringValue } == ["http", "http", "flight", "metrics"])
    }
}
