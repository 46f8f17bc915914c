import COpenSSL
import Foundation
import JSON
import KubernetesModel
import PKI

/// Issues certificates for pods, each with a new key and up to the JSON of its Secret: `bench-certificates [LEAVES]`. Beside it does
/// libcrypto the same, called as from C. Prints a Markdown table; the fastest of five runs counts.
@main
enum Main {
    static func main() throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1000
        let hosts = Host.all(count)
        let key = try PrivateKey.generate()
        let now = WallClock.now()
        let authority = try Certificate.selfSigned(
            CertificateProfile(
                commonName: "bench", purpose: .authority, notBefore: now + .seconds(-900), notAfter: now + .seconds(315_360_000)),
            key: key)
        let ours = Issuing(authority: authority, key: key, now: now)
        let bare = try BareIssuing(authority: authority.pem(), key: key.pem(), now: now)

        guard let sample = hosts.first else { return }
        let sizes = try (ours.secret(sample).count, bare.secret(sample).count)
        print(
            "\(count) leaves, ECDSA P-256, \(sample.names.count) names each; Secrets of \(sizes.0) and \(sizes.1) bytes; fastest of 5\n"
        )
        print("| what | wall ms | CPU ms | µs a leaf |")
        print("|---|---|---|---|")
        let whole = try measure("key, certificate, PEM, Secret as JSON", hosts) { try ours.secret($0).count }
        let peer = try measure("the same by libcrypto alone, called as from C", hosts) { try bare.secret($0).count }
        _ = try measure("of it the key", hosts) { _ in try BareIssuing.isKeyMade() ? 1 : 0 }
        print("\nOurs takes \(String(format: "%.2f", whole / peer)) times the CPU of libcrypto alone.")
    }

    /// - Returns: the CPU time of the fastest run.
    private static func measure(_ name: String, _ hosts: [Host], _ body: (Host) throws -> Int) throws -> Double {
        var best = (wall: Double.infinity, cpu: Double.infinity)
        for _ in 0..<5 {
            let start = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
            var bytes = 0
            for host in hosts { bytes += try body(host) }
            guard bytes > 0 else { throw Failure() }
            best.wall = min(best.wall, seconds(CLOCK_MONOTONIC) - start.0)
            best.cpu = min(best.cpu, seconds(CLOCK_PROCESS_CPUTIME_ID) - start.1)
        }
        let each = best.cpu * 1e6 / Double(hosts.count)
        print("| \(name) | \(Int(best.wall * 1000)) | \(Int(best.cpu * 1000)) | \(String(format: "%.0f", each)) |")
        return best.cpu
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

struct Failure: Error {}

/// A pod that gets a certificate.
struct Host {
    var pod: String
    /// The forms of its name in the cluster's DNS.
    var names: [String]

    static func all(_ count: Int) -> [Host] {
        (0..<count).map { index in
            let pod = "bench-executor-\(index)-0"
            let short = "\(pod).bench-executor-headless"
            return Host(pod: pod, names: [short, "\(short).default", "\(short).default.svc", "\(short).default.svc.cluster.local"])
        }
    }
}
