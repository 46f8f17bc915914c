import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import Logging
import Synchronization
import Testing

@testable import ControllerRuntime

/// Replicas that share an API in the same process.
@Suite struct LeaseElectorTests {
    private final class Replica: Sendable {
        let ownership: SliceOwnership
        let elector: LeaseElector
        let stopped = Recorded<Int>()
        let task = Mutex<Task<Void, Never>?>(nil)

        init(_ identity: String, _ cluster: Cluster, slices: Int = 1, time: ManualTime) {
            ownership = SliceOwnership(slices: slices, time: time.source)
            elector = LeaseElector(
                name: "controller", namespace: "default", identity: identity, ownership: ownership,
                client: cluster.client(time: time.source), logger: .silent,
                callbacks: LeaseElector.Callbacks(gained: { _ in }, lost: { [stopped] slice in stopped.append(slice) }),
                wall: { time.wall })
        }

        func start() {
            let elector = elector
            task.withLock { $0 = Task { await elector.run() } }
        }

        func stop() async {
            let running = task.withLock { $0 }
            running?.cancel()
            await running?.value
        }

        var held: Set<Int> { Set((0..<ownership.slices).filter { ownership.owns(slice: $0) }) }
    }

    /// One leads; after its graceful stop the other one takes over without any time passing, and the Lease tells who it is.
    @Test func handsOver() async throws {
        let (cluster, time) = (Cluster(), ManualTime())
        let (first, second) = (Replica("first", cluster, time: time), Replica("second", cluster, time: time))
        first.start()
        await eventually { first.held == [0] }
        second.start()
        await eventually { cluster.server.watchCount == 2 }
        #expect(second.held.isEmpty)

        let before = time.now
        await first.stop()
        await eventually { second.held == [0] }
        #expect(time.now == before)
        #expect(first.stopped.all == [0], "work is stopped before the lease is let go of")
        let lease = try await cluster.client().get(.leases, ObjectKey(namespace: "default", name: "controller-0"))
        #expect(lease[path: "spec", "holderIdentity"] == "second")
        #expect(lease[path: "spec", "leaseTransitions"] == 1)
        #expect(lease[path: "spec", "leaseDurationSeconds"] == 35)

        await second.stop()
        let released = try await cluster.client().get(.leases, ObjectKey(namespace: "default", name: "controller-0"))
        #expect(released[path: "spec", "holderIdentity"] == "")
    }

    /// A replica that comes later gets its share; when it goes, the rest takes it back.
    @Test func sharesSlices() async throws {
        let (cluster, time) = (Cluster(), ManualTime())
        let (first, second) = (Replica("first", cluster, slices: 4, time: time), Replica("second", cluster, slices: 4, time: time))
        first.start()
        await eventually { first.held == [0, 1, 2, 3] }
        second.start()
        await eventually { first.held.count == 2 && second.held.count == 2 }
        #expect(first.held.isDisjoint(with: second.held))
        await second.stop()
        await eventually { first.held == [0, 1, 2, 3] }
        await first.stop()
    }

    /// Without an API the holder stops working at its deadline though nothing tells it to, and leads again once it is back.
    @Test func stopsWithoutTheAPI() async throws {
        let (cluster, time) = (Cluster(), ManualTime())
        let replica = Replica("only", cluster, time: time)
        replica.start()
        await eventually { replica.held == [0] }
        cluster.server.faults.intercept { _ in HTTPResponse(status: 503, headers: HTTPHeaders([]), body: []) }
        cluster.server.endWatches()
        time.advance(by: .seconds(29))
        #expect(replica.held == [0])
        time.advance(by: .seconds(1))
        #expect(replica.held.isEmpty)
        await eventually { replica.stopped.all == [0] }

        cluster.server.faults.intercept(nil)
        await eventually {
            time.advance(by: .seconds(1))
            return replica.held == [0]
        }
        await replica.stop()
    }

    /// While it holds its Lease a replica asks the API for nothing but renewals.
    @Test func isQuiet() async throws {
        let (cluster, time) = (Cluster(), ManualTime())
        let replica = Replica("only", cluster, time: time)
        replica.start()
        await eventually { replica.held == [0] && cluster.server.watchCount == 1 }
        let requests = Recorded<String>()
        cluster.server.faults.audit { line in requests.append(line) }
        for renewal in 1...5 {
            await eventually {
                time.advance(by: .milliseconds(100))
                return requests.all.count >= renewal
            }
        }
        #expect(requests.all.allSatisfy { $0.contains(#""verb":"update""#) && $0.contains("leases") }, "\(requests.all)")
        await replica.stop()
    }
}
