import KubernetesModel
import SpiceTypes

extension Rule {
    /// SpicepodSet page, Annotations and Labels; the keys that this operator adds to those of the page count as well.
    static let reservedKeys = Rule.error(
        "reserved-keys", isEssential: true, "spec.labels and spec.annotations have no key that is the operator's."
    ) { subject, report in
        for (field, keys) in [("labels", subject.spec.labels?.keys), ("annotations", subject.spec.annotations?.keys)] {
            for key in (keys ?? [:].keys).filter(ReservedKey.contains).sorted() {
                report.add("spec.\(field)\(Quoted.key(key))", "is reserved for the operator; remove it")
            }
        }
    }

    static let labelSyntax = Rule.error(
        "label-syntax", isEssential: true, "Keys and values of labels are such as the API server takes."
    ) { subject, report in
        for (key, value) in labels(subject.spec.labels) {
            labels(key, value, at: "spec.labels", &report)
        }
        for (index, template) in (subject.spec.volumeClaimTemplates ?? []).enumerated() {
            for (key, value) in labels(template.metadata?.labels) {
                labels(key, value, at: "spec.volumeClaimTemplates[\(index)].metadata.labels", &report)
            }
        }
    }

    static let annotationSyntax = Rule.error(
        "annotation-syntax", isEssential: true,
        "Keys of annotations are such as the API server takes, and all of them are at most 256 KiB."
    ) { subject, report in
        annotations(subject.spec.annotations, at: "spec.annotations", &report)
        annotations(subject.spec.serviceAccount?.annotations, at: "spec.serviceAccount.annotations", &report)
        for (index, template) in (subject.spec.volumeClaimTemplates ?? []).enumerated() {
            annotations(template.metadata?.annotations, at: "spec.volumeClaimTemplates[\(index)].metadata.annotations", &report)
        }
    }

    private static let annotationLimit = 256 << 10

    private static func labels(_ labels: [String: String]?) -> [(key: String, value: String)] {
        (labels ?? [:]).sorted { $0.key < $1.key }
    }

    private static func labels(_ key: String, _ value: String, at path: String, _ report: inout Report) {
        if !LabelSyntax.isKey(key) {
            report.add(
                "\(path)\(Quoted.key(key))", "is no label key; use [prefix/]name with a name of up to 63 characters")
        } else if !LabelSyntax.isValue(value) {
            report.add(
                "\(path)\(Quoted.key(key))",
                "\(Quoted.text(value)) is no label value; use up to 63 letters, digits, '-', '_' and '.'")
        }
    }

    private static func annotations(_ annotations: [String: String]?, at path: String, _ report: inout Report) {
        guard let annotations else { return }
        // upper case is allowed in the prefix of an annotation's key, unlike in a label's
        for key in annotations.keys.sorted() where !LabelSyntax.isKey(key.lowercased()) {
            report.add(
                "\(path)\(Quoted.key(key))", "is no annotation key; use [prefix/]name with a name of up to 63 characters")
        }
        let size = annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        guard size > annotationLimit else { return }
        report.add(path, "take \(size) bytes, and an object holds \(annotationLimit); put less into them")
    }
}
