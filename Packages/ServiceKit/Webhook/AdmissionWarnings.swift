/// Warnings as the API server passes them on: as header values, cut after 256 characters each, none beyond 4,096 in all.
///
/// We cut ourselves, between words and with a mark, so that nobody takes half a sentence for a whole one. Kubernetes' advice of
/// 120 characters would cost most messages their remedy.
enum AdmissionWarnings {
    static let lengthLimit = 256
    static let totalLimit = 4096
    /// Room for "and 1234567 more".
    private static let reserve = 40

    static func bounded(_ warnings: [String]) -> [String] {
        var kept: [String] = []
        var total = 0
        for (index, warning) in warnings.enumerated() {
            let line = cut(oneLine(warning))
            let length = line.unicodeScalars.count
            guard total + length <= totalLimit - reserve else {
                return kept + ["and \(warnings.count - index) more"]
            }
            if line.isEmpty { continue }
            kept.append(line)
            total += length
        }
        return kept
    }

    /// Header values have no control characters.
    private static func oneLine(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(lengthLimit + 1) {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }

    private static func cut(_ line: String) -> String {
        guard line.unicodeScalars.count > lengthLimit else { return line }
        let start = String(String.UnicodeScalarView(line.unicodeScalars.prefix(lengthLimit - 2)))
        guard let space = start.lastIndex(of: " "), start.distance(from: space, to: start.endIndex) < 40 else { return start + "…" }
        return start[..<space] + " …"
    }
}
