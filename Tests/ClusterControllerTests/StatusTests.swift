import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import SpiceValidation
import Testing

@testable import ClusterController

/// What the status says, and when.
@Suite struct StatusTests {
    private func settled(_ configure: (inout SpicepodClusterSpec) -> Void = { _ in }) throws -> Topology {
        var topology = Topology(Sample.cluster("demo", configure))
        try topology.converge()
        return topology
    }

    /// In a history of edits, Ready is never True for a generation whose nodes are not there yet.
    @Test func readyIsNeverAheadOfTheNodes() throws {
        var topology = try settled()
        for edit in 0..<4 {
            topology.edit { spec in
                switch edit {
                case 0: spec.tag = "2.0"
                case 1: spec.executorSpec.replicas = 6
                case 2: spec.schedulerSpec.network = NetworkSpec { $0.dnsPolicy = .default }
                default: spec.executorSpec.resources = ResourceRequirements { $0.requests = ["cpu": Quantity("1")] }
                }
            }
            for _ in 0..<60 {
                try topology.reconcile()
                let ready = topology.cluster.status?.condition("Ready")
                if ready?.status == .true, ready?.observedGeneration == topology.cluster.metadata.generation {
                    for role in ClusterRole.allCases {
                        let child = try #require(topology[role])
                        #expect(child.available == Int(topology.cluster.spec[role].replicas ?? 1))
                        #expect(child.pods.allSatisfy { $0.version == child.version })
                    }
                }
                for role in ClusterRole.allCases { topology.step(role) }
            }
            #expect(topology.cluster.status?.condition("Ready")?.status == .true)
            #expect(topology.cluster.status?.observedGeneration == topology.cluster.metadata.generation)
        }
    }

    @Test func certificatesAreWaitedFor() throws {
        var topology = try settled { $0.allowInsecureConnections = nil }
        #expect(topology.cluster.status?.condition("Ready")?.reason == "CertificatesNotReady")
        var status = try #require(topology.cluster.status)
        status.conditions?.append(
            Condition(
                type: "CertificatesReady", status: .true, observedGeneration: 1, lastTransitionTime: Sample.now, reason: "Issued",
                message: "Issued."))
        topology.cluster.status = status
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
        #expect(topology.cluster.status?.condition("CertificatesReady")?.status == .true)
        #expect(topology.cluster.status?.condition("Warning") == nil)
    }

    @Test func aRoleAtZeroIsPaused() throws {
        var topology = try settled()
        topology.edit { $0.executorSpec.replicas = 0 }
        try topology.converge()
        #expect(topology[.executor]?.pods == [])
        #expect(topology[.scheduler]?.available == 3)
        let paused = topology.cluster.status?.condition("Paused")
        #expect(paused?.status == .true)
        #expect(paused?.reason == "ReplicasZero")
        #expect(topology.cluster.status?.condition("Ready")?.reason == "Paused")
        topology.edit { $0.executorSpec.replicas = 2 }
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
    }

    @Test func whatASetSaysOfItsPodsIsPassedOn() throws {
        var topology = try settled()
        topology.change(.executor) { child in
            for (type, reason) in [("Ready", "ImagePullBackOff"), ("Progressing", "ProgressDeadlineExceeded")] {
                for index in (child.status.conditions ?? []).indices where child.status.conditions?[index].type == type {
                    child.status.conditions?[index].status = .false
                    child.status.conditions?[index].reason = reason
                    child.status.conditions?[index].message = "Pod demo-executor-0-0: no such image"
                }
            }
        }
        let plan = try topology.reconcile()
        let status = try #require(topology.cluster.status)
        #expect(status.condition("Ready")?.reason == "ImagePullBackOff")
        #expect(status.condition("Ready")?.message == "Executors: Pod demo-executor-0-0: no such image")
        #expect(status.condition("Progressing")?.status == .false)
        #expect(status.condition("Progressing")?.reason == "ProgressDeadlineExceeded")
        #expect(plan.events.contains { $0.isWarning && $0.reason == .imagePullBackOff })
    }

    @Test func warningsAreThereWhileTheyHold() throws {
        var topology = try settled { $0.schedulerSpec.spicepod?["runtime"] = nil }
        let warning = topology.cluster.status?.condition("Warning")
        #expect(warning?.status == .true)
        #expect(warning?.reason == "InsecureConnections")
        #expect(warning?.message.contains("state_location") == true)
        topology.edit { $0.allowInsecureConnections = nil }
        try topology.converge()
        #expect(topology.cluster.status?.condition("Warning")?.reason == "StateLocationMissing")
        topology.edit { $0.schedulerSpec.spicepod?["runtime"] = ["scheduler": ["state_location": "s3://bucket"]] }
        try topology.converge()
        #expect(topology.cluster.status?.condition("Warning") == nil)
    }

    /// Nothing half made, and what runs is left alone.
    @Test func anInvalidSpecTouchesNothing() throws {
        let finding = Finding(
            rule: "ports", severity: .error, path: "spec.schedulerSpec.http.port", message: "is taken; use another")
        var topology = try settled()
        topology.planner.rules = { cluster, _ in cluster.spec.tag == "bad" ? [finding] : [] }
        let before = topology.children
        topology.edit { $0.tag = "bad" }
        let plan = try topology.reconcile()
        #expect(plan.apply.isEmpty)
        #expect(topology.children == before)
        let ready = topology.cluster.status?.condition("Ready")
        #expect(ready?.reason == "InvalidSpec")
        #expect(ready?.message == "spec.schedulerSpec.http.port: is taken; use another")
        #expect(ready?.observedGeneration == 2)
        #expect(topology.cluster.status?.executors?.ready == 5)
        #expect(try topology.plan().status == topology.cluster.status)
        topology.edit { $0.tag = "good" }
        try topology.converge()
        #expect(topology.cluster.status?.condition("Ready")?.status == .true)
    }
}
