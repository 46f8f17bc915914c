import JSON
import YAML

extension ConversionUnit {
    /// v1 knows the Spicepod as a string of YAML too. It is read as the runtime reads it; a string that is no mapping stays what it
    /// is, for the validation to refuse: a conversion that fails would take whole lists along.
    static let spicepod = ConversionUnit(
        name: "spicepod", older: ["spicepod"], newer: ["spicepod"],
        up: { older in
            guard case .string(let text)? = older["spicepod"],
                let tree = try? YAML.parse(text, schema: .core, limits: limits), tree.objectValue != nil
            else { return older }
            return ["spicepod": tree]
        },
        down: { $0 })

    /// An object holds 1.5 MiB at most; aliases must not make more of a small one.
    private static let limits = YAMLLimits(bytes: 3 << 20, aliasExpansion: 1 << 19)
}
