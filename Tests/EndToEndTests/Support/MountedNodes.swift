import JSON
import KubernetesClient
import KubernetesModel
import MutualTLSPeers
import NIOCore
import NIOPosix
import SpiceTypes
import Synchronization
import Testing

/// The nodes of a cluster, each with its Secret mounted by a kubelet that learns of changes at once.
final class MountedNodes: Sendable {
    let all: [ClusterNode]
    private let mounts: [String: MountedSecret]
    private let published = Mutex<[String: NodeFiles]>([:])

    private init(_ all: [ClusterNode], _ mounts: [String: MountedSecret]) {
        self.all = all
        self.mounts = mounts
    }

    /// Shakes hands between all nodes, in both directions and without a pause, while the body runs.
    /// - Returns: what became of it.
    static func load(
        on cluster: String, in world: World, _ body: (MountedNodes, HandshakeLoad) async throws -> Void
    ) async throws -> HandshakeLoad {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var (all, mounts) = ([ClusterNode](), [String: MountedSecret]())
        for statefulSet in try await world.nodes(of: cluster) {
            let mount = try MountedSecret(directory: TestRun.makeDirectory("mount-\(statefulSet)"))
            mounts[NodeCertificate.secret(statefulSet: statefulSet)] = mount
            all.append(try await .start(host: world.host(statefulSet), directory: mount.directory, group: group))
        }
        let nodes = MountedNodes(all, mounts)
        let kubelets = Task { try? await nodes.follow(cluster, in: world) }
        try await eventually("every node has its files") { nodes.published.withLock { $0.count } == all.count }
        let load = HandshakeLoad(all)
        let loading = Task { await load.run() }
        let outcome = await Task { try await nodes.rounds(2, of: load) }.result
        do {
            _ = try outcome.get()
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
            case .initial(let secret), .applied(let secret): self.publish(secret)
            default: break
            }
        }
    }

    private func publish(_ secret: JSONValue) {
        guard let mount = mounts[secret.name], let files = NodeFiles(secret) else { return }
        guard published.withLock({ $0.updateValue(files, forKey: secret.name) != files }) else { return }
        do {
            try mount.publish(files)
        } catch {
            Issue.record("\(error)")
        }
    }
}
