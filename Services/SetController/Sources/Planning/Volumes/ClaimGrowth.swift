import KubernetesModel
import SpiceTypes

/// What one claim needs to become as its template has it.
struct ClaimGrowth: Sendable, Hashable {
    /// The size to ask for now.
    var size: Quantity?
    var findings: [ClaimFinding] = []
    /// When to try what was refused again.
    var retryAt: Timestamp?

    init(_ claim: ObservedClaim, to template: VolumeClaimTemplate, in world: World) {
        guard !claim.isDeleting else { return }
        if let failure = claim.failure, let requested = claim.requested {
            findings.append(.failed(size: requested, message: failure))
        }
        if let wanted = template.spec.storageClassName, let actual = claim.storageClassName, wanted != actual {
            findings.append(.classIgnored(wanted: wanted, actual: actual))
        }
        guard let wanted = template.size, let requested = claim.requested else { return }
        if wanted.isLess(than: requested) == true {
            findings.append(.shrinkIgnored(wanted: wanted, actual: requested))
        }
        // The API server lets only bound claims grow.
        guard requested.isLess(than: wanted) == true, claim.phase == "Bound" else { return }
        grow(claim, wanted, world)
    }

    private mutating func grow(_ claim: ObservedClaim, _ wanted: Quantity, _ world: World) {
        let storageClass = claim.storageClassName.flatMap { $0.isEmpty ? nil : $0 }
        if storageClass.map({ world.storageClasses[$0]?.allowsExpansion == false }) ?? true {
            findings.append(.unsupported(storageClass: storageClass, size: wanted))
            return
        }
        guard let refusal = world.volumeRefusals[claim.uid], refusal.size == wanted else {
            size = wanted
            return
        }
        findings.append(
            refusal.isOfClass
                ? .unsupported(storageClass: storageClass, size: wanted) : .refused(size: wanted, message: refusal.message))
        // Class unknown: it may have learnt to expand meanwhile.
        if refusal.retryAt <= world.now { size = wanted } else { retryAt = refusal.retryAt }
    }
}
