public import ArgumentParser
import Glibc

/// The flags of services that reconcile.
public struct ControllerOptions: ParsableArguments, Sendable {
    @Flag(
        inversion: .prefixedNo, exclusivity: .chooseLast,
        help: "Only the replicas that hold a Lease work. Switch it off for a single replica only.")
    public var leaderElect = true

    @Option(
        help: ArgumentHelp(
            "Number of Leases the keys are split into. 1 is plain leader election, more share the work among replicas. The same for all replicas.",
            valueName: "count"))
    public var leaseSlices = 1

    @Option(
        name: .customLong("identity"),
        help: ArgumentHelp("Name of this replica in Leases. Default: $POD_NAME, else host name and process id.", valueName: "name"))
    var givenIdentity: String?

    @Option(help: ArgumentHelp("Objects reconciled at the same time.", valueName: "count"))
    public var concurrency = 8

    public init() {}

    public var identity: String { givenIdentity ?? Self.defaultIdentity() }

    public func validate() throws {
        guard (1...256).contains(leaseSlices) else {
            throw ValidationError("--lease-slices: \(leaseSlices) is out of range, use 1 to 256")
        }
        guard (1...1024).contains(concurrency) else {
            throw ValidationError("--concurrency: \(concurrency) is out of range, use 1 to 1024")
        }
        if let givenIdentity, givenIdentity.isEmpty || givenIdentity.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) {
            throw ValidationError("--identity: '\(givenIdentity)' is no identity, use printable characters without spaces")
        }
    }

    private static func defaultIdentity() -> String {
        if let pod = getenv("POD_NAME").map({ String(cString: $0) }), !pod.isEmpty { return pod }
        var buffer = [CChar](repeating: 0, count: 256)
        let known = gethostname(&buffer, buffer.count - 1) == 0
        let host = known ? String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "localhost"
        return "\(host)_\(getpid())"
    }
}
