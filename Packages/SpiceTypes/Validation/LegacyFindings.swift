public import JSON

/// What an object in an older version says and the current one has no word for: after the conversion nothing is left to tell it by.
public enum LegacyFindings {
    public static func of(_ object: JSONValue) -> [Finding] {
        switch object["apiVersion"] {
        case "spice.ai/v1": return removedStrategy(object["spec"], at: "spec")
        case "spice.ai/v1alpha1":
            return ["schedulerSetSpec", "executorSetSpec"].flatMap { role in
                removedStrategy(object[path: "spec", role], at: "spec.\(role)")
            } + ignoredProbes(object)
        default: return []
        }
    }

    /// What was found in the converted object, told by the fields of the version that it was written in.
    public static func inFields(of object: JSONValue, _ findings: [Finding]) -> [Finding] {
        guard object["apiVersion"] == "spice.ai/v1alpha1" else { return findings }
        return findings.map { finding in
            var finding = finding
            for role in ["scheduler", "executor"] {
                let newer = "spec.\(role)Spec"
                guard finding.path == newer || finding.path.hasPrefix("\(newer).") else { continue }
                finding.path = "spec.\(role)SetSpec\(finding.path.dropFirst(newer.utf8.count))"
            }
            return finding
        }
    }

    private static func removedStrategy(_ spec: JSONValue?, at path: String) -> [Finding] {
        ["updateStrategy", "update_strategy"].filter { spec?[$0]?["type"] == "Parallel" }.prefix(1).map {
            Finding(
                rule: Rule.removedStrategy.id, severity: Rule.removedStrategy.severity, path: "\(path).\($0).type",
                message: Rule.parallelRemoved)
        }
    }

    /// v1alpha1 takes them, and always has; v2 refuses them.
    private static func ignoredProbes(_ cluster: JSONValue) -> [Finding] {
        guard cluster[path: "spec", "executorSetSpec", "probes"] ?? .null != .null else { return [] }
        return [
            Finding(
                rule: Rule.executorProbes.id, severity: .warning, path: "spec.executorSetSpec.probes",
                message: "has no effect, because executors have no probes; remove it, spice.ai/v2 refuses it")
        ]
    }
}
