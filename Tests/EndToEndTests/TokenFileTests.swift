import Foundation
import JSON
import KubernetesClient
import KubernetesModel
import SpiceTypes
import Testing

/// A kubeconfig's token file is read again: a controller whose token is no longer good works as soon as a new one is there.
struct TokenFileTests {
    @Test(arguments: ControlPlane.available) func isReadAgain(_ kind: ControlPlane) async throws {
        try await World.with(kind, "token") { world in
            let good = try await world.token(of: "rotated", rules: [["apiGroups": ["*"], "verbs": ["*"], "resources": ["*"]]])
            let file = "\(world.directory)/token"
            try "expired".write(toFile: file, atomically: true, encoding: .utf8)
            let controller = try await world.startController(
                kubeconfig: Kubeconfig.write(world.plane, tokenFile: file), awaitsReady: false)
            try await eventually("the API refuses the old token") {
                try await controller.ask(.metrics, "/metrics").text.contains("code=\"401\"")
            }
            let (status, text) = try await controller.ask(.health, "/ready")
            #expect(status == 503)
            #expect(text.contains("caches"))

            try good.write(toFile: file, atomically: true, encoding: .utf8)
            try await controller.awaitReady()
            try await world.make("late")
            try await world.ready("late")
            #expect(!controller.program.logText.contains(good), "the token is in the log")
        }
    }
}
