import ControllerRuntime
import JSON
import KubernetesModel
import Synchronization

/// Growth that the API server refused: neither asked for on every reconcile nor forgotten in the status meanwhile.
final class VolumeRefusals: Sendable {
    /// By the claim's UID.
    private let byClaim = Mutex<[String: VolumeRefusal]>([:])

    func note(_ failure: ApplyFailure, _ desired: DesiredObject, at now: Timestamp) {
        guard let refusal = VolumeRefusal(failure, desired, at: now) else { return }
        byClaim.withLock { $0[Self.claim(desired)] = refusal }
    }

    func forget(_ desired: DesiredObject) { forget(claim: Self.claim(desired)) }

    func forget(claim uid: String) {
        byClaim.withLock { $0[uid] = nil }
    }

    func of(_ claims: [ObservedClaim]) -> [String: VolumeRefusal] {
        byClaim.withLock { refusals in
            guard !refusals.isEmpty else { return [:] }
            return Dictionary(
                claims.compactMap { claim in refusals[claim.uid].map { (claim.uid, $0) } }, uniquingKeysWith: { first, _ in first })
        }
    }

    private static func claim(_ desired: DesiredObject) -> String {
        desired.object[path: "metadata", "uid"]?.stringValue ?? ""
    }
}

extension VolumeRefusal {
    init?(_ failure: ApplyFailure, _ desired: DesiredObject, at now: Timestamp) {
        guard let size = desired.object[path: "spec", "resources", "requests", "storage"]?.stringValue else { return nil }
        let message =
            switch failure {
            // The words of an admission plugin or of RBAC: which remedy there is, they say themselves.
            case .forbidden(_, _, let message), .rejected(_, _, let message), .immutable(_, _, let message): message
            case .foreign: failure.description
            }
        self.init(size: Quantity(size), message: message, retryAt: now + Self.pause)
    }
}
