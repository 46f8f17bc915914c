import KubernetesModel

/// The API server would not let a claim grow: the class cannot, the quota is used up.
struct VolumeRefusal: Sendable, Hashable {
    /// What was asked for.
    var size: Quantity
    var message: String
    var retryAt: Timestamp

    /// Between two attempts at the same growth.
    static let pause: Duration = .seconds(60)

    /// The words of the admission plugin PersistentVolumeClaimResize.
    var isOfClass: Bool { message.contains("must support resize") }
}
