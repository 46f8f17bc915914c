import KubernetesModel

enum MaxUnavailable {
    /// How many of `replicas` may be unavailable: a percentage is rounded down as Deployments do, at least one may always
    /// be, and of several replicas one always stays.
    static func resolve(_ value: IntOrString?, replicas: Int) -> Int {
        let wanted: Int
        switch value {
        case .int(let number): wanted = Int(number)
        case .string(let text):
            let percent = text.hasSuffix("%") ? Int(text.dropLast()) : nil
            wanted = percent.map { replicas * min(max(0, $0), 100) / 100 } ?? Int(text) ?? 1
        case nil: wanted = 1
        }
        return min(max(1, wanted), max(1, replicas - 1))
    }
}
