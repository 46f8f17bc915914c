import JSON
import KubernetesModel

/// A Lease object (coordination.k8s.io/v1) with the standard fields read. What others wrote into it is kept.
struct Lease: Sendable, JSONScannable {
    private(set) var object: JSONValue

    /// A Lease that does not exist yet.
    init(namespace: String, name: String, labels: [String: String]) {
        object = [
            "apiVersion": .string(ResourceType.leases.apiVersion), "kind": .string(ResourceType.leases.kind),
            "metadata": [
                "namespace": .string(namespace), "name": .string(name), "labels": .object(labels.mapValues { .string($0) }),
            ],
        ]
    }

    init(object: JSONValue) {
        self.object = object
    }

    init(scanning scanner: inout JSONScanner) throws {
        object = try scanner.value()
    }

    var name: String { object[path: "metadata", "name"]?.stringValue ?? "" }
    /// Empty while it does not exist.
    var resourceVersion: String { object[path: "metadata", "resourceVersion"]?.stringValue ?? "" }
    /// Empty when nobody holds it.
    var holder: String { object[path: "spec", "holderIdentity"]?.stringValue ?? "" }
    var duration: Duration { .seconds(max(1, object[path: "spec", "leaseDurationSeconds"]?.intValue ?? 1)) }
    var acquireTime: Timestamp? { object[path: "spec", "acquireTime"]?.stringValue.flatMap { Timestamp($0) } }
    var transitions: Int64 { object[path: "spec", "leaseTransitions"]?.intValue ?? 0 }

    /// Held by `identity` from `wall` on.
    func acquired(by identity: String, duration: Duration, wall: Timestamp) -> Lease {
        var lease = renewed(duration: duration, wall: wall)
        lease.set("holderIdentity", .string(identity))
        lease.set("acquireTime", .string(wall.microText))
        lease.set("leaseTransitions", .int(holder == identity || resourceVersion.isEmpty ? transitions : transitions + 1))
        return lease
    }

    func renewed(duration: Duration, wall: Timestamp) -> Lease {
        var lease = self
        lease.set("leaseDurationSeconds", .int(duration.components.seconds))
        lease.set("renewTime", .string(wall.microText))
        return lease
    }

    /// Free for anybody at once, in the form that client-go writes.
    func released(wall: Timestamp) -> Lease {
        var lease = renewed(duration: .seconds(1), wall: wall)
        lease.set("holderIdentity", "")
        lease.set("acquireTime", .string(wall.microText))
        return lease
    }

    private mutating func set(_ field: String, _ value: JSONValue) {
        object[path: "spec", field] = value
    }
}
