/// What a node of a cluster does; the value of the label `spice.ai/cluster-role`.
public enum ClusterRole: String, Codable, Sendable, CaseIterable {
    case scheduler, executor
}
