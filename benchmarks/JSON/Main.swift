import Foundation
import JSON

/// Reads a list of pods into what a controller keeps of each: `bench-json [PODS]`. Prints CPU time, not wall time: the steadier figure.
@main
enum Main {
    static func main() throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 5000
        let document = PodList.document(count)
        let megabytes = Double(document.count) / 1e6
        print("\(count) pods, \(String(format: "%.1f", megabytes)) MB; best of 5")

        var checksum = 0
        report("scanner, selected fields", megabytes) {
            checksum = try PodList(parsing: document).pods.map(\.name.count).reduce(0, +)
        }
        report("scanner, skipping all", megabytes) { try JSONScanner.scan(document) { try $0.skip() } }
        report("scanner, whole tree", megabytes) { _ = try JSONValue(parsing: document) }
        report("Foundation JSONDecoder, selected fields", megabytes) {
            let list = try JSONDecoder().decode(DecodedList.self, from: Data(document))
            guard list.items.map(\.metadata.name.count).reduce(0, +) == checksum else { throw Disagreement() }
        }
    }

    private struct Disagreement: Error {}

    private static func report(_ name: String, _ megabytes: Double, _ body: () throws -> Void) {
        do {
            var best = Double.infinity
            for _ in 0..<5 {
                let start = cpuSeconds()
                try body()
                best = min(best, cpuSeconds() - start)
            }
            print("  \(name): \(Int(best * 1000)) ms, \(Int(megabytes / best)) MB/s")
        } catch {
            print("  \(name): \(error)")
        }
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What a controller keeps of a pod.
struct PodList: JSONScannable {
    struct Pod {
        var name = ""
        var namespace = ""
        var uid = ""
        var resourceVersion = ""
        var labels: [String: String] = [:]
        var phase = ""
        var isReady = false
    }

    var pods: [Pod] = []

    init(scanning scanner: inout JSONScanner) throws {
        var pods: [Pod] = []
        try scanner.forEachKey { key, scanner in
            guard case "items" = key else { return try scanner.skip() }
            try scanner.forEachElement { pods.append(try Self.pod(&$0)) }
        }
        self.pods = pods
    }

    private static func pod(_ scanner: inout JSONScanner) throws -> Pod {
        var pod = Pod()
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                try scanner.forEachKey { key, scanner in
                    switch key {
                    case "name": pod.name = try scanner.string()
                    case "namespace": pod.namespace = try scanner.string()
                    case "uid": pod.uid = try scanner.string()
                    case "resourceVersion": pod.resourceVersion = try scanner.string()
                    case "labels": pod.labels = try scanner.stringMap()
                    default: try scanner.skip()
                    }
                }
            case "status":
                try scanner.forEachKey { key, scanner in
                    switch key {
                    case "phase": pod.phase = try scanner.string()
                    case "conditions":
                        try scanner.forEachElement { scanner in
                            var (type, status) = ("", "")
                            try scanner.forEachKey { key, scanner in
                                switch key {
                                case "type": type = try scanner.string()
                                case "status": status = try scanner.string()
                                default: try scanner.skip()
                                }
                            }
                            if type == "Ready" { pod.isReady = status == "True" }
                        }
                    default: try scanner.skip()
                    }
                }
            default: try scanner.skip()
            }
        }
        return pod
    }
}

/// The same fields by Codable.
struct DecodedList: Decodable {
    struct Pod: Decodable {
        struct Metadata: Decodable {
            var name: String
            var namespace: String
            var uid: String
            var resourceVersion: String
            var labels: [String: String]
        }

        struct Status: Decodable {
            struct Condition: Decodable {
                var type: String
                var status: String
            }

            var phase: String
            var conditions: [Condition]
        }

        var metadata: Metadata
        var status: Status
    }

    var items: [Pod]
}
