import JSON

/// The faults a pod or claim asks for by annotation; those of the hollow kubelet, so that the same tests run on both.
///
/// `start-delay`, `init-delay`, `ready-delay`, `not-ready`, `stop-delay`, `ignore-term`, `fail` (crashloop, oom, image) with
/// `fail-container`, `fail-count`, `crash-after`, `crash-message` and `backoff`, `phase` (Pending, Running, Succeeded, Failed) with
/// `reason`, `run-for`, `pod-ip`; on claims `bind-delay`, `resize-delay` and `resize`; on nodes `down`.
struct PodAnnotations {
    private let annotations: [String: JSONValue]

    init(_ object: JSONValue) {
        annotations = object["metadata", "annotations"]?.objectValue ?? [:]
    }

    subscript(name: String) -> String? { annotations["hollow/\(name)"]?.stringValue }

    func isSet(_ name: String) -> Bool { self[name] == "true" }

    /// Seconds, with or without the unit.
    func delay(_ name: String, default value: Duration) -> Duration {
        guard let text = self[name], let seconds = Double(text.hasSuffix("s") ? String(text.dropLast()) : text), seconds >= 0 else {
            return value
        }
        return .milliseconds(Int64(min(seconds, 1e9) * 1000))
    }
}
