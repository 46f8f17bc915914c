import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// Stock kubectl does with SpicepodSets what it does with Deployments.
@Suite(.enabled(if: Kubectl.path != nil, "kubectl is not on PATH"))
struct KubectlTests {
    /// `kubectl wait` is right on the first try: after the first apply, and after a change while the old state is still Ready.
    @Test(arguments: ControlPlane.available) func waitRightAfterApply(_ kind: ControlPlane) async throws {
        try await World.with(kind, "wait") { world in
            try await world.startController()
            var manifest = try Examples.manifest("minimal", in: world)
            for version in ["one", "two"] {
                manifest[path: "spec", "env"] = [["name": "VERSION", "value": .string(version)]]
                try await world.kubectl("apply", "-f", "-", input: manifest)
                try await world.kubectl("wait", "--for=condition=Ready", "spicepodset/minimal", "--timeout=60s")
                let pod = try await world.client.get(.pods, world.key("minimal-0-0"))
                #expect(pod.isReady)
                #expect(pod[path: "spec", "containers"]?[0]?["env"]?[0]?["value"]?.stringValue == version)
            }
        }
    }

    @Test(arguments: ControlPlane.available) func everydayCommands(_ kind: ControlPlane) async throws {
        try await World.with(kind, "kubectl") { world in
            try await world.startController()
            let manifest = try Examples.manifest("minimal", in: world)
            #expect(try await world.kubectl("apply", "-f", "-", input: manifest) == "spicepodset.spice.ai/minimal created\n")
            try await world.kubectl("wait", "--for=condition=Ready", "spicepodset/minimal", "--timeout=60s")
            #expect(try await world.kubectl("apply", "-f", "-", input: manifest) == "spicepodset.spice.ai/minimal unchanged\n")

            let table = try await world.kubectl("get", "spicepodsets").split(separator: "\n")
            #expect(table.count == 2)
            #expect(table[0].hasPrefix("NAME") && table[0].contains("AGE"))
            #expect(table[1].hasPrefix("minimal") && table[1].contains("1/1"))
            #expect(try await world.kubectl("get", "statefulsets,pods,services,configmaps").contains("pod/minimal-0-0"))

            try await eventually("the event is told", within: .seconds(20)) {
                try await world.kubectl("describe", "spicepodset", "minimal").contains("ready with version")
            }
            #expect(try await world.kubectl("explain", "spicepodset.spec.replicas").contains("How many pods run."))
            #expect(try await world.kubectl("explain", "spicepodset.spec.updateStrategy.type").contains("ENUM"))

            try await world.kubectl("scale", "spicepodset", "minimal", "--replicas=2")
            try await world.kubectl("wait", "--for=condition=Ready", "spicepodset/minimal", "--timeout=60s")
            #expect(try await world.names(.pods, of: "minimal") == ["minimal-0-0", "minimal-1-0"])

            try await world.kubectl("delete", "spicepodset", "minimal", "--timeout=60s")
            try await eventually("the pods are gone") { try await world.names(.pods).isEmpty }
        }
    }

    /// The suite's own command line applies a manifest and tells its progress.
    @Test(arguments: ControlPlane.available) func commandLine(_ kind: ControlPlane) async throws {
        try await World.with(kind, "cli") { world in
            try await world.startController()
            let result = try await Program.run(
                TestRun.operatorCLI,
                ["apply", "--filename", "-", "--wait", "--timeout", "60", "--kubeconfig", world.plane.kubeconfig],
                input: try Examples.manifest("minimal", in: world).text)
            #expect(result.status == 0, "\(result.errors)")
            #expect((result.output + result.errors).contains("1/1 Ready"))
            #expect(try await world.list(.pods, of: "minimal").allSatisfy(\.isReady))
        }
    }
}
