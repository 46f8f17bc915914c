import ControllerRuntime
import JSON
import KubernetesModel
import Testing

@testable import SetController

/// Growth that the API server refuses is told, and tried again after a while only.
@Suite struct RefusalTests {
    private func volumes(_ message: String, retryIn delay: Duration, size: Quantity = "2Gi") -> VolumeWorld {
        var volumes = VolumeWorld(wanted: "2Gi", storageClass: "unseen")
        volumes.world.volumeRefusals = [
            "data-0": VolumeRefusal(size: size, message: message, retryAt: Sample.now + delay)
        ]
        return volumes
    }

    @Test func waits() {
        let plan = volumes("exceeded quota", retryIn: .seconds(20)).plan
        #expect(plan.apply.isEmpty && plan.events.isEmpty)
        #expect(plan.lookAgain == .seconds(20))
        #expect(plan.reasons == [.volumeExpansionFailed])
        #expect(
            plan.warnings[0].message
                == "Claim data-demo-0-0 may not grow to 2Gi: exceeded quota. It is tried again every minute.")
    }

    /// The warning stays during the next attempt, which is no event.
    @Test func triesAgain() {
        let plan = volumes("exceeded quota", retryIn: .zero).plan
        #expect(plan.growth == ["data-demo-0-0": "2Gi"])
        #expect(plan.reasons == [.volumeExpansionFailed])
        #expect(plan.events.isEmpty)
    }

    /// Another size is another request.
    @Test func anotherSize() {
        let plan = volumes("exceeded quota", retryIn: .seconds(20), size: "9Gi").plan
        #expect(plan.growth == ["data-demo-0-0": "2Gi"])
        #expect(plan.warnings.isEmpty)
    }

    /// What a class that we may not read cannot do, the API server says.
    @Test func classThatIsNotSeen() {
        let message = "the storageclass that provisions the pvc must support resize"
        let plan = volumes(message, retryIn: .seconds(20)).plan
        #expect(plan.reasons == [.volumeExpansionUnsupported])
        #expect(plan.warnings[0].message.contains("StorageClass unseen"))
    }

    /// Remembered by claim until it is done or the claim is gone.
    @Test func memory() throws {
        let volumes = VolumeWorld(wanted: "2Gi")
        let desired = try #require(volumes.plan.apply.first)
        let refusals = VolumeRefusals()
        let failure = ApplyFailure.forbidden(.persistentVolumeClaims, desired.key, message: "exceeded quota")
        refusals.note(failure, desired, at: Sample.now)
        let expected = VolumeRefusal(size: "2Gi", message: "exceeded quota", retryAt: Sample.now + .seconds(60))
        #expect(refusals.of(volumes.world.claims) == ["data-0": expected])
        #expect(refusals.of([]).isEmpty)
        refusals.forget(desired)
        #expect(refusals.of(volumes.world.claims).isEmpty)
    }
}
