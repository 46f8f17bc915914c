import JSON
import KubernetesModel
import LocalControlPlane

/// The story of a run, line by line; kept only when asked for.
package struct Trace {
    package let isKept: Bool
    package private(set) var lines: [String] = []
    package internal(set) var time: Duration = .zero

    init(isKept: Bool) {
        self.isKept = isKept
    }

    package mutating func note(_ line: @autoclosure () -> String) {
        guard isKept else { return }
        lines.append("\(Self.text(time)) \(line())")
    }

    private static func text(_ time: Duration) -> String {
        let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
        let fraction = String(milliseconds % 1000)
        let text = "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
        return String(repeating: " ", count: max(0, 9 - text.count)) + text
    }
}

extension Stage {
    /// How all pods stand.
    package func tellPods() {
        guard trace.isKept else { return }
        for pod in server.stored(GroupResource(group: "", plural: "pods")).objects {
            let name = pod[path: "metadata", "name"]?.stringValue ?? ""
            let annotations = (pod[path: "metadata", "annotations"]?.objectValue ?? [:]).compactMapValues(\.stringValue)
                .filter { $0.key.hasPrefix("hollow/") }
            let container = pod[path: "status", "containerStatuses"]?[0]
            trace.note(
                "  pod \(name) on \(pod[path: "spec", "nodeName"]?.stringValue ?? "no node"), \(pod[path: "status", "phase"]?.stringValue ?? ""), "
                    + "ready \(container?["ready"]?.text ?? "none"), \(container?["state"]?.text ?? "") \(annotations)")
        }
    }
}
