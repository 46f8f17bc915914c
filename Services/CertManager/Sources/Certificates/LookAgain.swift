import KubernetesModel

/// When certificates are looked at although nothing changes.
enum LookAgain {
    /// Clocks jump, and nobody tells.
    static let longest: Duration = .seconds(3600)
    /// After what trying again at once would not help.
    static let afterFailure: Duration = .seconds(30)

    static func at(_ time: Timestamp, _ now: Timestamp) -> Duration {
        max(min(time - now, longest), .milliseconds(100))
    }
}
