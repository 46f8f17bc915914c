import KubernetesModel

/// What keeps claims from being as their template has them. Equal findings of several claims are told together.
enum ClaimFinding: Sendable, Hashable {
    case failed(size: Quantity, message: String)
    case refused(size: Quantity, message: String)
    /// Nil: not provisioned by a class.
    case unsupported(storageClass: String?, size: Quantity)
    case classIgnored(wanted: String, actual: String)
    case shrinkIgnored(wanted: Quantity, actual: Quantity)

    /// In the order of gravity.
    var reason: Reason {
        switch self {
        case .failed, .refused: .volumeExpansionFailed
        case .unsupported: .volumeExpansionUnsupported
        case .classIgnored: .volumeClassIgnored
        case .shrinkIgnored: .volumeShrinkIgnored
        }
    }

    func message(_ claims: [String]) -> String {
        let names = Self.list(claims)
        let anew = "or delete a claim and its pod to have it made anew, without its data"
        switch self {
        case .failed(let size, let message):
            return "\(names) could not grow to \(size): \(message). See the events of the claim; the storage driver decides."
        case .refused(let size, let message):
            return "\(names) may not grow to \(size): \(message). It is tried again every minute."
        case .unsupported(let storageClass?, let size):
            return "\(names) cannot grow to \(size): StorageClass \(storageClass) does not allow expansion. "
                + "Set allowVolumeExpansion: true on it where its driver can, \(anew)."
        case .unsupported(nil, let size):
            return "\(names) cannot grow to \(size): the volume has no StorageClass that could expand it. "
                + "Lower the size in the spec, \(anew)."
        case .classIgnored(let wanted, let actual):
            return "\(names) stays with StorageClass \(actual): a claim cannot change to \(wanted). "
                + "Put the class back, \(anew)."
        case .shrinkIgnored(let wanted, let actual):
            return "\(names) stays at \(actual): a claim cannot shrink to \(wanted). Raise the size in the spec again, \(anew)."
        }
    }

    /// A set of many pods has a message of bounded length.
    static func list(_ claims: [String]) -> String {
        let (named, rest) = (claims.prefix(3), claims.count - 3)
        let names = named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        return "\(claims.count == 1 ? "Claim" : "Each of the claims") \(names)"
    }
}
