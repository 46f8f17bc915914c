import JSON
import KubernetesModel

/// One pod as the API has it.
struct PodState: Sendable, Hashable {
    var name: String
    var uid: String
    var revision: Int64
    var labels: [String: String]
    var ownerUID: String?
    var isReady: Bool
    var isTerminating: Bool
    /// Image and environment: what it runs, whatever its labels say.
    var content: String

    var isAvailable: Bool { isReady && !isTerminating }
    var version: String? { labels["spice.ai/version"] }
    var workload: WorkloadName { WorkloadName(labels["spice.ai/workload"] ?? String(name.dropLast(2))) }

    init(_ object: JSONValue, revision: Int64, after previous: PodState?) {
        let metadata = object["metadata"] ?? [:]
        name = metadata["name"]?.stringValue ?? ""
        uid = metadata["uid"]?.stringValue ?? ""
        self.revision = revision
        if let previous, previous.uid == uid {
            (labels, content) = (previous.labels, previous.content)
        } else {
            labels = metadata["labels"].texts
            let container = object[path: "spec", "containers"]?[0]
            content = (container?["image"]?.text ?? "") + (container?["env"]?.text ?? "")
        }
        ownerUID = metadata["ownerReferences"].controller?["uid"]?.stringValue
        let conditions = object[path: "status", "conditions"]?.arrayValue ?? []
        isReady = conditions.contains { $0["type"] == "Ready" && $0["status"] == "True" }
        isTerminating = metadata["deletionTimestamp"] != nil
    }
}

/// `demo-<ordinal>` or `demo-<version8>-<ordinal>`.
struct WorkloadName: Sendable, Hashable {
    var text: String
    var ordinal: Int
    /// nil in the stable layout.
    var version: String?

    init(_ text: String) {
        self.text = text
        let parts = text.split(separator: "-").map(String.init)
        ordinal = parts.last.flatMap { Int($0) } ?? 0
        version = parts.count == 3 ? parts[1] : nil
    }
}

struct WorkloadState: Sendable, Hashable {
    var name: WorkloadName
    var uid: String
    var revision: Int64
    var version: String?
    /// Its pods stay when it goes.
    var isOrphaning: Bool

    init(_ object: JSONValue, revision: Int64) {
        let metadata = object["metadata"] ?? [:]
        name = WorkloadName(metadata["name"]?.stringValue ?? "")
        uid = metadata["uid"]?.stringValue ?? ""
        self.revision = revision
        version = object[path: "spec", "template", "metadata", "labels"]?["spice.ai/version"]?.stringValue
        isOrphaning = metadata["finalizers"]?.arrayValue?.contains("orphan") == true
    }
}

struct ServiceState: Sendable, Hashable {
    var uid: String
    var revision: Int64
    var selector: [String: String]
    var annotations: [String: String]

    var version: String? { selector["spice.ai/version"] }

    func selects(_ pod: PodState) -> Bool { selector.allSatisfy { pod.labels[$0.key] == $0.value } }

    init(_ object: JSONValue, revision: Int64) {
        uid = object[path: "metadata", "uid"]?.stringValue ?? ""
        self.revision = revision
        selector = object[path: "spec", "selector"].texts
        annotations = object[path: "metadata", "annotations"].texts
    }
}

struct ClaimState: Sendable, Hashable {
    var name: String
    var uid: String
    var revision: Int64
    var isTerminating: Bool
    /// `data-demo-0-0` is of the workload `demo-0`.
    var workload: WorkloadName

    init(_ object: JSONValue, revision: Int64) {
        name = object[path: "metadata", "name"]?.stringValue ?? ""
        uid = object[path: "metadata", "uid"]?.stringValue ?? ""
        self.revision = revision
        isTerminating = object[path: "metadata", "deletionTimestamp"] != nil
        workload = WorkloadName(String(name.dropFirst("data-".count).dropLast(2)))
    }
}

/// The SpicepodSet.
struct SetState: Sendable, Hashable {
    var uid: String
    var revision: Int64
    var generation: Int64
    var annotations: [String: String]
    var spec: JSONValue
    var status: JSONValue

    var replicas: Int { Int(spec["replicas"]?.intValue ?? 1) }
    var strategy: String { spec[path: "updateStrategy", "type"]?.stringValue ?? "RollingOrdered" }
    var cutoverThreshold: Int {
        let wanted = Int(spec[path: "updateStrategy", "minReadyForCutover"]?.intValue ?? 0)
        return wanted == 0 ? replicas : min(wanted, replicas)
    }
    /// The first eight digits.
    var activeVersion: String? { (status["activeVersion"]?.stringValue).map { String($0.prefix(8)) } }
    var standbyVersion: String? { (status["standbyVersion"]?.stringValue).map { String($0.prefix(8)) } }
    var standbyExpiresAt: Timestamp? { (status["standbyExpiresAt"]?.stringValue).flatMap { Timestamp($0) } }
    var retention: Int64 { spec[path: "standbyVersion", "retentionPeriodSeconds"]?.intValue ?? 900 }
    var isPaused: Bool { replicas == 0 || status["pauseReason"]?.stringValue != nil }

    func condition(_ type: String) -> JSONValue? { status["conditions"]?.arrayValue?.first { $0["type"] == .string(type) } }

    init(_ object: JSONValue, revision: Int64) {
        let metadata = object["metadata"] ?? [:]
        uid = metadata["uid"]?.stringValue ?? ""
        self.revision = revision
        generation = metadata["generation"]?.intValue ?? 0
        annotations = metadata["annotations"].texts
        spec = object["spec"] ?? [:]
        status = object["status"] ?? [:]
    }
}

extension JSONValue? {
    var texts: [String: String] { (self?.objectValue ?? [:]).compactMapValues(\.stringValue) }
    /// Of a list of owner references.
    var controller: JSONValue? { self?.arrayValue?.first { $0["controller"] == true } }
}
