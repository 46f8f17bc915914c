import JSON
import SpiceTypes
import YAML

extension Rule {
    static let spicepodObject = Rule.error(
        "spicepod-object", isEssential: true, "The Spicepod is there, as an object; executors of a SpicepodCluster have none."
    ) { subject, report in
        switch subject.spec.spicepod {
        case nil where subject.isExecutor, .null? where subject.isExecutor: break
        case _? where subject.isExecutor:
            report.add(
                "spec.spicepod",
                "is not for executors, which fetch the Spicepod from the schedulers when they start; "
                    + "remove it, and write it for the schedulers")
        case .object?: break
        case nil, .null?: report.add("spec.spicepod", "is missing; give the Spicepod as an object")
        case .string(let text)?: report.add("spec.spicepod", problem(of: text))
        case let other?: report.add("spec.spicepod", "is \(other.noun); give the Spicepod as an object")
        }
    }

    /// v1 took text; there a text that is no mapping stays what it was, so that its mistake can be told here.
    private static func problem(of text: String) -> String {
        let remedy = "give the Spicepod as an object"
        do {
            let value = try YAML.parse(text, schema: .core, limits: YAMLLimits(bytes: 4 << 20))
            guard value.objectValue == nil else { return "is a string; \(remedy), without the '|'" }
            return "is a string, and as YAML \(value.noun); \(remedy)"
        } catch {
            return "is a string that is no YAML, \(error); \(remedy)"
        }
    }
}
