/// How long things take in an election. Flux's numbers: an API hiccup of half a minute does not cost the lease
/// (https://github.com/fluxcd/pkg, runtime/leaderelection).
public struct LeaseTiming: Sendable, Hashable {
    /// A lease not renewed for so long is free.
    public var lease: Duration = .seconds(35)
    /// Without a renewal for so long the holder stops by itself. The rest of `lease` is for clocks that run at different speeds
    /// and for work that is being stopped.
    public var renewDeadline: Duration = .seconds(30)
    /// Between attempts to renew, and to win a free lease.
    public var retry: Duration = .seconds(5)
    /// For one attempt: well under the deadline, so that one slow call is not fatal.
    public var attempt: Duration = .seconds(5)
    /// How often a lease is read while the watch on it is broken and another replica holds it: a release is then seen this soon.
    public var poll: Duration = .milliseconds(1500)

    public init() {}
}
