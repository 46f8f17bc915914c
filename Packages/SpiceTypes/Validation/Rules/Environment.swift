import KubernetesModel
import SpiceTypes

extension Rule {
    /// What the API server takes since Kubernetes 1.32: printable ASCII without '='.
    static let environment = Rule.error(
        "environment", isEssential: true, "Every variable has a name and either a value or one source."
    ) { subject, report in
        for (index, variable) in (subject.spec.env ?? []).enumerated() {
            let path = "spec.env[\(index)]"
            if variable.name.isEmpty {
                report.add("\(path).name", "is empty; give the variable a name")
            } else if !isVariableName(variable.name) {
                report.add("\(path).name", "\(Quoted.text(variable.name)) is no name of a variable; use letters, digits and '_'")
            }
            guard let source = variable.valueFrom else { continue }
            if !(variable.value ?? "").isEmpty {
                report.add("\(path).valueFrom", "stands beside a value; remove one of the two")
            }
            let count = source.count
            if count != 1 {
                report.add(
                    "\(path).valueFrom",
                    count == 0
                        ? "is empty; give one of fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef"
                        : "has \(count) sources; leave one")
            }
        }
        for (index, source) in (subject.spec.envFromSource ?? []).enumerated() {
            let path = "spec.envFromSource[\(index)]"
            if let prefix = source.prefix, !prefix.isEmpty, !isVariableName(prefix) {
                report.add("\(path).prefix", "\(Quoted.text(prefix)) cannot begin a variable's name; use letters, digits and '_'")
            }
            switch (source.configMapRef, source.secretRef) {
            case (nil, nil): report.add(path, "is empty; give configMapRef or secretRef")
            case (_?, _?): report.add(path, "has configMapRef and secretRef; make two entries of it")
            default: break
            }
        }
    }

    static let duplicateEnvironment = Rule.warning(
        "duplicate-environment", "No variable is given twice."
    ) { subject, report in
        var first: [String: Int] = [:]
        for (index, variable) in (subject.spec.env ?? []).enumerated() {
            if let earlier = first[variable.name] {
                report.add(
                    "spec.env[\(index)].name",
                    "\(Quoted.text(variable.name)) is given by env[\(earlier)] already; the last one counts: remove one")
            } else {
                first[variable.name] = index
            }
        }
    }

    private static func isVariableName(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }
}

extension EnvVarSource {
    fileprivate var count: Int {
        [fieldRef != nil, resourceFieldRef != nil, configMapKeyRef != nil, secretKeyRef != nil, fileKeyRef != nil]
            .count { $0 }
    }
}
