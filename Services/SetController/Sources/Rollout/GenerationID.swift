import SpiceTypes

/// A set of workloads that can serve as a whole; the Service selects one of them.
enum GenerationID: Hashable, Sendable {
    /// The workloads with stable names (`<set>-<i>`), rolled in place: while that goes on they run two versions.
    case rolling
    /// The workloads of one version (`<set>-<sha8>-<i>`), which come and go as a whole with their volumes.
    case versioned(String)
    /// One replica in a Deployment, which rolls it by itself.
    case deployment

    /// Value of the label `spice.ai/layout`, by which a Service tells the layouts apart.
    enum Layout: String, Sendable {
        case stable, versioned, deployment
    }

    var layout: Layout {
        switch self {
        case .rolling: .stable
        case .versioned: .versioned
        case .deployment: .deployment
        }
    }

    /// The start of the version, where the generation has only one.
    var version: String? {
        switch self {
        case .rolling, .deployment: nil
        case .versioned(let short): short
        }
    }

    /// In sentences about what `target` takes the place of.
    func phrase(before target: GenerationID) -> String {
        switch self {
        case .versioned(let short): "version \(short)"
        case .rolling: target == .deployment ? "the StatefulSets" : "the version before"
        case .deployment: "the Deployment"
        }
    }

    /// Labels that select the generation's pods among those of the set.
    var selector: [String: String] {
        var labels = [LabelKey.layout: layout.rawValue]
        labels[LabelKey.version] = version
        return labels
    }

    /// Labels of the generation's volumes. Those rolled in place outlive versions and carry none.
    var claimLabels: [String: String] { layout == .versioned ? selector : [:] }

    /// The layout that a new version of the set takes: one beside the other where the old one is to be kept for a while.
    static func new(_ version: Version, in spec: SpicepodSetSpec) -> GenerationID {
        let isVersioned = spec.updateStrategy?.type == .blueGreen || spec.standbyVersion?.enabled == true
        return isVersioned ? .versioned(version.short) : .rolling
    }
}

/// As the rollout record names it.
extension GenerationID: RawRepresentable, Comparable {
    var rawValue: String { version ?? layout.rawValue }

    init?(rawValue: String) {
        switch rawValue {
        case "stable": self = .rolling
        case "deployment": self = .deployment
        default:
            guard rawValue.utf8.count == 8 else { return nil }
            self = .versioned(rawValue)
        }
    }

    static func < (left: GenerationID, right: GenerationID) -> Bool { left.rawValue < right.rawValue }
}
