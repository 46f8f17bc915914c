import KubernetesModel
import SpiceTypes

extension Rule {
    static let references = Rule.error(
        "references", isEssential: true, "Secrets and ConfigMaps are referred to by names that objects can have."
    ) { subject, report in
        if let secret = subject.spec.image?.pullSecret { check(secret, "a Secret", at: "spec.image.pullSecret", &report) }
        for (index, variable) in (subject.spec.env ?? []).enumerated() {
            let path = "spec.env[\(index)].valueFrom"
            for (field, reference, kind) in [
                ("configMapKeyRef", variable.valueFrom?.configMapKeyRef, "a ConfigMap"),
                ("secretKeyRef", variable.valueFrom?.secretKeyRef, "a Secret"),
            ] {
                guard let reference else { continue }
                check(reference.name ?? "", kind, at: "\(path).\(field).name", &report)
                if !isDataKey(reference.key) {
                    report.add(
                        "\(path).\(field).key",
                        "\(Quoted.text(reference.key)) is no key of \(kind); use up to 253 letters, digits, '-', '_' and '.'")
                }
            }
        }
        for (index, source) in (subject.spec.envFromSource ?? []).enumerated() {
            let path = "spec.envFromSource[\(index)]"
            if let map = source.configMapRef { check(map.name ?? "", "a ConfigMap", at: "\(path).configMapRef.name", &report) }
            if let secret = source.secretRef { check(secret.name ?? "", "a Secret", at: "\(path).secretRef.name", &report) }
        }
    }

    private static func check(_ name: String, _ kind: String, at path: String, _ report: inout Report) {
        if name.isEmpty {
            report.add(path, "is missing; give the name of \(kind)")
        } else if !NameSyntax.isSubdomain(name) {
            report.add(path, "\(Quoted.text(name)) cannot name \(kind); use lower-case letters, digits, '-' and '.'")
        }
    }

    private static func isDataKey(_ text: String) -> Bool {
        (1...253).contains(text.utf8.count) && text != "." && !text.hasPrefix("..")
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
