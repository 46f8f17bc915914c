import JSON
import SpiceTypes
import YAML

extension Rule {
    /// The API server keeps at most 1 MiB of data in a ConfigMap.
    static let spicepodSize = Rule.error(
        "spicepod-size", isEssential: true, "The Spicepod, as YAML, fits into a ConfigMap."
    ) { subject, report in
        guard let spicepod = subject.spec.spicepod, case .object = spicepod else { return }
        let least = spicepod.leastYAMLSize(upTo: limit)
        // written out only where it may be close: that costs a hundred times as much
        guard least > limit || (least > limit / 4 && YAML.serialize(spicepod).utf8.count > limit) else { return }
        report.add(
            "spec.spicepod",
            "takes more than the \(limit) bytes of YAML that a ConfigMap holds; "
                + "move long texts such as SQL into files of the image or a volume")
    }

    private static let limit = 1 << 20
}

extension JSONValue {
    /// As many bytes it takes at least: its texts, and a sign and a line break for each. Counting stops past `limit`.
    fileprivate func leastYAMLSize(upTo limit: Int) -> Int {
        var size = -1  // the root has no line of its own
        var rest = [self]
        while let value = rest.popLast(), size <= limit {
            size += 1
            switch value {
            case .string(let text): size += text.utf8.count + 1
            case .array(let elements): rest += elements
            case .object(let members):
                for (key, member) in members {
                    size += key.utf8.count + 1
                    rest.append(member)
                }
            default: size += 1
            }
        }
        return size
    }
}
