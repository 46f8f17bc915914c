/// Flags without a value that may be given one all the same, as Go programs and Helm charts write them: `--leader-elect=false`.
enum Switches {
    static let common = ["leader-elect", "verbose"]

    /// Rewrites `--name=true` to `--name` and `--name=false` to `--no-name`, which the argument parser knows; leaves everything
    /// behind `--` alone.
    static func normalize(_ arguments: [String], names: [String]) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        return arguments[..<end].map { normalize($0, names: names) } + arguments[end...]
    }

    private static func normalize(_ argument: String, names: [String]) -> String {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasPrefix("--"), names.contains(String(parts[0].dropFirst(2))) else { return argument }
        switch parts[1] {
        case "true", "True", "TRUE", "t", "T", "1": return String(parts[0])
        case "false", "False", "FALSE", "f", "F", "0": return "--no-" + parts[0].dropFirst(2)
        default: return argument
        }
    }
}
