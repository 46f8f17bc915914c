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
    /// As many bytes it takes at least: the texts, and indentation, sign and line break of every line. Counting stops past
    /// `limit`: what is small here may be huge as YAML, by deep nesting or by parts that are shared in memory.
    fileprivate func leastYAMLSize(upTo limit: Int) -> Int {
        var size = 0
        var rest = [(value: self, column: 0)]
        while let (value, column) = rest.popLast(), size <= limit {
            switch value {
            case .object(let members):
                for (key, member) in members {
                    size += column + key.utf8.count + 2
                    // a list in an object is not indented
                    rest.append((member, member.arrayValue == nil ? column + 2 : column))
                }
            case .array(let elements):
                for element in elements {
                    size += element.isLeaf ? column + 2 : 0
                    rest.append((element, column + 2))
                }
            case .string(let text): size += text.utf8.count + 1
            default: size += 1
            }
        }
        return size
    }

    private var isLeaf: Bool {
        switch self {
        case .object(let members): members.isEmpty
        case .array(let elements): elements.isEmpty
        default: true
        }
    }
}
