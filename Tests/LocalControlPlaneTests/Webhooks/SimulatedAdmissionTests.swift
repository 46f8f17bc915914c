import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// What the simulated controllers write goes through admission like everything else.
@Suite struct SimulatedAdmissionTests {
    private static let pods: JSONValue = ["rules": [Hooks.rule(["pods"], operations: ["CREATE"])]]

    private func world(validating: Bool) async throws -> (World, ScriptedWebhooks) {
        let webhooks = ScriptedWebhooks()
        let world = World(webhooks: webhooks)
        try await Hooks.install(
            [Hooks.webhook("pods", Self.pods)], validating ? Hooks.validating : Hooks.mutating, in: world.api)
        return (world, webhooks)
    }

    @Test func podsAreMutated() async throws {
        let (world, webhooks) = try await world(validating: false)
        webhooks.on("/pods") { _ in Hooks.patch([["op": "add", "path": "/metadata/labels/seen", "value": "yes"]]) }
        try await world.create(Path.statefulSets, statefulSet("web", replicas: 2))
        #expect(try await world.run { try await world.isReady("web-1") })
        for pod in try await world.items(Path.pods) { #expect(pod[path: "metadata", "labels", "seen"] == "yes") }
        #expect(webhooks.asked("/pods").count == 2)
    }

    /// A pod that is refused is told as an event and tried again until it is allowed.
    @Test func refusedPodsAreTriedAgain() async throws {
        let (world, webhooks) = try await world(validating: true)
        webhooks.on("/pods") { _ in ["allowed": false, "status": ["message": "not today"]] }
        try await world.create(Path.statefulSets, statefulSet("web"))
        try await world.pass(.seconds(5))
        #expect(try await world.items(Path.pods).isEmpty)
        let events = try await world.items("/api/v1/namespaces/default/events")
        #expect(
            events.contains {
                $0["message"]
                    == "create Pod web-0 in StatefulSet web failed error: admission webhook \"pods.test\" denied the request: not today"
            })
        webhooks.on("/pods") { _ in Hooks.allow }
        #expect(try await world.run { try await world.isReady("web-0") })
    }
}
