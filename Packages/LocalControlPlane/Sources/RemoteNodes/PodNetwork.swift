/// Shows pods under 100.64.0.0/10 that listen under 127.64.0.0/10: the endpoint controllers of a real cluster leave loopback
/// addresses out. Who wants to talk to pod 100.64.0.7 asks 127.64.0.7.
struct PodNetwork: PodRuntime {
    var runtime: any PodRuntime

    func address(of uid: String) -> String { Self.moved(runtime.address(of: uid), from: "127", to: "100") }

    func keep(_ address: String, of uid: String) { runtime.keep(Self.loopback(address), of: uid) }

    func start(_ pod: RunningPod) {
        var pod = pod
        pod.address = Self.loopback(pod.address)
        runtime.start(pod)
    }

    func stop(_ uid: String) { runtime.stop(uid) }

    func probe(_ probe: HTTPProbe, report: @escaping @Sendable (Bool) -> Void) {
        var probe = probe
        probe.address = Self.loopback(probe.address)
        runtime.probe(probe, report: report)
    }

    private static func loopback(_ address: String) -> String { moved(address, from: "100", to: "127") }

    private static func moved(_ address: String, from: String, to: String) -> String {
        let parts = address.split(separator: ".")
        guard parts.count == 4, parts[0] == from, let second = UInt8(parts[1]), (64..<128).contains(second) else { return address }
        return "\(to)\(address.dropFirst(from.count))"
    }
}
