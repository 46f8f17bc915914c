import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import NIOCore
import NIOPosix
import SpiceTypes
import Synchronization
import Testing

/// The nodes of a cluster, each with its Secret mounted by a kubelet of its own.
final class MountedNodes: Sendable {
    let all: [ClusterNode]
    private let mounts: [String: MountedSecret]
    private let published = Mutex<[String: NodeFiles]>([:])
    private let deliveries = Mutex<[ContinuousClock.Instant]>([])
    private let delays: [String: Duration]

    private init(_ all: [ClusterNode], _ mounts: [String: MountedSecret], _ delays: [String: Duration]) {
        self.all = all
        self.mounts = mounts
        self.delays = delays
    }

    /// From the first delivery of the last round of files to the last.
    var deliverySpan: Duration {
        let last = deliveries.withLock { $0.suffix(all.count).sorted() }
        guard let start = last.first, let end = last.last else { return .zero }
        return end - start
    }

    /// Shakes hands between all nodes, in both directions and without a pause, while the body runs.
    /// - Parameter delay: by which each kubelet learns of changes later than the one before it.
    /// - Returns: what became of it.
    static func load(
        on cluster: String, in world: World, delay: Duration = .zero, _ body: (MountedNodes, HandshakeLoad) async throws -> Void
    ) async throws -> HandshakeLoad {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var (all, mounts) = ([ClusterNode](), [String: MountedSecret]())
        for statefulSet in try await world.nodes(of: cluster) {
            let mount = try MountedSecret(directory: TestRun.makeDirectory("mount-\(statefulSet)"))
            mounts[NodeCertificate.secret(statefulSet: statefulSet)] = mount
            all.append(try await .start(host: world.host(statefulSet), directory: mount.directory, group: group))
        }
        let delays = mounts.keys.sorted().enumerated().map { ($1, delay * $0) }
        let nodes = MountedNodes(all, mounts, Dictionary(uniqueKeysWithValues: delays))
        let kubelets = Task { try? await nodes.follow(cluster, in: world) }
        try await eventually("every node has its files") { nodes.published.withLock { $0.count } == all.count }
        let load = HandshakeLoad(all)
        let loading = Task { await load.run() }
        do {
            try await nodes.rounds(2, of: load)
            try await body(nodes, load)
            try await nodes.rounds(2, of: load)
        } catch {
            Issue.record("after \(load.handshakes) handshakes: \(error)")
        }
        loading.cancel()
        kubelets.cancel()
        await loading.value
        _ = await kubelets.value
        for node in all { await node.stop() }
        try await group.shutdownGracefully()
        return load
    }

    /// Every pair has shaken hands so often from now on.
    func rounds(_ count: Int, of load: HandshakeLoad) async throws {
        let wanted = load.rounds + count
        try await eventually("\(count) rounds of handshakes", every: .milliseconds(5)) { load.rounds >= wanted }
    }

    private func follow(_ cluster: String, in world: World) async throws {
        let reflector = Reflector<JSONValue>(
            client: world.client, resource: .secrets, namespace: world.namespace,
            selector: Selector(labels: "\(LabelKey.cluster)=\(cluster)"))
        try await reflector.run { event in
            switch event {
            case .initial(let secret): self.publish(secret)
            case .applied(let secret):
                Task {
                    try await Task.sleep(for: self.delays[secret.name] ?? .zero)
                    self.publish(secret)
                }
            default: break
            }
        }
    }

    private func publish(_ secret: JSONValue) {
        guard let mount = mounts[secret.name], let files = NodeFiles(secret) else { return }
        guard published.withLock({ $0.updateValue(files, forKey: secret.name) != files }) else { return }
        do {
            try mount.publish(files)
            deliveries.withLock { $0.append(.now) }
        } catch {
            Issue.record("\(error)")
        }
    }
}
