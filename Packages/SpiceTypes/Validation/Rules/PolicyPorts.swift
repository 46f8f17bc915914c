import KubernetesModel

extension [NetworkPolicyPort]? {
    /// Whether a rule of a NetworkPolicy with these ports is about that one. No ports are all ports.
    /// - Parameter names: what a container may call it; a name is told apart by the pods alone.
    func open(_ number: Int32, _ transport: String, named names: Set<String>) -> Bool {
        guard let self, !self.isEmpty else { return true }
        return self.contains { port in
            guard (port.protocol ?? "TCP") == transport else { return false }
            switch port.port {
            case nil: return true
            case .int(let start)?: return (start...max(start, port.endPort ?? start)).contains(number)
            case .string(let name)?: return names.contains(name)
            }
        }
    }
}
