import JSON
import Synchronization

/// What a kubelet runs pods with.
protocol PodRuntime: Sendable {
    /// The address of a pod that is about to start; the same for the same uid.
    func address(of uid: String) -> String
    /// A pod from before a restart has this address already.
    func keep(_ address: String, of uid: String)
    /// The pod's containers run, and answer on these ports of its address.
    func start(_ pod: RunningPod)
    func stop(_ uid: String)
    /// Performs one HTTP probe and reports whether it succeeded, now or later.
    func probe(_ probe: HTTPProbe, report: @escaping @Sendable (Bool) -> Void)
}

struct RunningPod: Sendable {
    var uid: String
    var address: String
    var name: String
    var ports: Set<Int>
}

struct HTTPProbe: Sendable, Hashable {
    var address: String
    var port: Int
    var path: String
    var timeoutSeconds: Int64
}

/// No network: every probe succeeds at once. Addresses count up, so runs repeat.
final class InstantRuntime: PodRuntime {
    private let addresses = Mutex(PodAddresses())

    func address(of uid: String) -> String { addresses.withLock { $0.take(uid) } }
    func keep(_ address: String, of uid: String) { addresses.withLock { $0.keep(address, uid) } }
    func start(_ pod: RunningPod) {}
    func stop(_ uid: String) { addresses.withLock { $0.give(back: uid) } }
    func probe(_ probe: HTTPProbe, report: @escaping @Sendable (Bool) -> Void) { report(true) }
}

/// One loopback address a pod: 127.64.0.1 and up, far from what else uses 127/8.
struct PodAddresses: Sendable {
    private var byPod: [String: UInt32] = [:]
    private var used: Set<UInt32> = []
    private var next: UInt32

    /// - Parameter block: begins with the addresses 127.(64 + block).0.1 and up.
    init(block: UInt32 = 0) {
        next = block << 16
    }

    mutating func take(_ uid: String) -> String {
        if let known = byPod[uid] { return text(known) }
        repeat { next = (next + 1) % (1 << 22) } while used.contains(next) || [0, 255].contains(next & 255)
        used.insert(next)
        byPod[uid] = next
        return text(next)
    }

    mutating func keep(_ address: String, _ uid: String) {
        let parts = address.split(separator: ".").compactMap { UInt32($0) }
        guard parts.count == 4, parts[0] == 127, (64..<128).contains(parts[1]) else { return }
        let number = (parts[1] - 64) << 16 | parts[2] << 8 | parts[3]
        byPod[uid] = number
        used.insert(number)
    }

    mutating func give(back uid: String) {
        if let number = byPod.removeValue(forKey: uid) { used.remove(number) }
    }

    private func text(_ number: UInt32) -> String { "127.\(64 + number >> 16).\(number >> 8 & 255).\(number & 255)" }
}

/// Probe results on their way to the kubelet.
final class ProbeReports: Sendable {
    struct Report: Sendable {
        var container: String
        var kind: String
        var isSuccess: Bool
    }

    private let reports = Mutex<[String: [Report]]>([:])
    private let wake: @Sendable () -> Void

    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    func add(_ report: Report, for key: String) {
        reports.withLock { $0[key, default: []].append(report) }
        wake()
    }

    /// The pods that have reports waiting.
    func pending() -> [String] { reports.withLock { $0.keys.sorted() } }

    func take(_ key: String) -> [Report] { reports.withLock { $0.removeValue(forKey: key) ?? [] } }
}
