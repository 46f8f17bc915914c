import JSON
import KubernetesModel
import PKI
import SpiceTypes
import Testing

@testable import CertManager

/// Certificates are renewed before they run out, whatever their lifetime is, and no handshake fails for it: at every moment each node
/// accepts every other's certificate, whichever of the last two files each of them has read.
@Suite struct RenewalTests {
    private static func settings(_ authority: Duration, _ leaf: Duration) -> Settings {
        Settings(
            authorityTerms: CertificateTerms(lifetime: authority), leafTerms: CertificateTerms(lifetime: leaf))
    }

    private static func world(_ settings: Settings) async throws -> World {
        let world = try await World(settings)
        try await world.createCluster()
        try await world.createNode(.scheduler)
        try await world.createNode(.executor)
        return world
    }

    @Test(
        arguments: [
            (.seconds(60), .seconds(60)), (.seconds(600), .seconds(90)), (.seconds(90), .seconds(86400)),
            (.seconds(7200), .seconds(3600)),
        ] as [(Duration, Duration)])
    func neverWithout(authority: Duration, leaf: Duration) async throws {
        let world = try await Self.world(Self.settings(authority, leaf))
        try await world.settle()
        let root = try #require(try await world.authority()?.certificate)
        var (readScheduler, readExecutor) = (try await world.leaf(.scheduler), try await world.leaf(.executor))
        try await world.run(min(max(authority, leaf) * 3, min(authority, leaf) * 40)) {
            let (scheduler, executor) = (try await world.leaf(.scheduler), try await world.leaf(.executor))
            #expect(world.accepts(scheduler) && world.accepts(executor))
            for node in [scheduler, readScheduler] {
                for peer in [executor, readExecutor] where world.accepts(node) && world.accepts(peer) {
                    #expect(world.trusts(peer, node, host: "demo-discovery.default.svc"))
                }
            }
            (readScheduler, readExecutor) = (scheduler, executor)
            #expect(try await world.condition()?.status == .true)
        }
        let now = try await world.authority()?.certificate
        #expect(now?.authorityIdentifier == root.authorityIdentifier)
        let certificate = try #require(try await world.leaf(.scheduler)?.certificate)
        #expect(certificate.notAfter <= now?.notAfter ?? world.now)
    }

    /// Ten years and ninety days, for thirty years, by rules alone: nobody is without, and each is issued as seldom as was asked for.
    @Test func theDefaultsForYears() throws {
        var now = World.start
        let end = now + .seconds(30 * 365 * 86400)
        var authority = try KeyPair.root(name: "root", key: nil, .authority, now: now)
        var leaf: LeafContent?
        var issued = (authorities: 1, leaves: 0)
        var random = SeededRandom(seed: 7)
        while now < end {
            if CertificateTerms.authority.renewal(of: authority.validity) <= now {
                authority = try KeyPair.root(name: "root", key: authority.key, .authority, now: now)
                issued.authorities += 1
            }
            let judgement = LeafJudgement(leaf, names: NameList([.dns("a")]), authority: authority, terms: .leaf, now: now)
            if case .issue = judgement {
                let pair = try authority.issue(name: "a", .peer, [.dns("a")], .leaf, now: now)
                leaf = LeafContent(TLSData(certificate: pair.certificate, key: pair.key, authority: authority.certificate))
                issued.leaves += 1
            }
            #expect(leaf?.summary?.validity.fault(at: now) == nil)
            #expect(leaf?.summary?.end ?? now <= authority.validity.notAfter)
            now = now + .seconds(Int64.random(in: 1...200_000, using: &random))
        }
        #expect(issued.authorities == 5)
        #expect((170...205).contains(issued.leaves))
    }

    /// Neither at the same moment for all, nor later than asked for, nor more than a twentieth of the life earlier.
    @Test func renewalsAreSpread() async throws {
        let life: Duration = .seconds(2160 * 3600)
        let world = try await World(Self.settings(.seconds(87600 * 3600), life))
        try await world.createCluster()
        for ordinal in 0..<40 { try await world.createNode(.executor, ordinal) }
        try await world.settle()
        var times: [Duration] = []
        for ordinal in 0..<40 {
            let leaf = LeafContent(try #require(try await world.leaf(.executor, ordinal)))
            times.append(try #require(leaf.summary).renewal(.leaf) - world.now)
        }
        #expect(times.allSatisfy { $0 <= life * 2 / 3 && $0 >= life * 61 / 100 })
        #expect(try #require(times.max()) - #require(times.min()) > life * 3 / 100)
    }

    /// The service was down for so long that everything had expired.
    @Test func downForTooLong() async throws {
        let world = try await Self.world(Self.settings(.seconds(86400), .seconds(3600)))
        try await world.settle()
        let root = try await world.authority()?.certificate
        world.pass(.seconds(30 * 86400))
        world.restart()
        try await world.settle()
        #expect(world.accepts(try await world.leaf(.scheduler)))
        #expect(world.accepts(try await world.leaf(.executor)))
        #expect(try await world.authority()?.certificate?.authorityIdentifier == root?.authorityIdentifier)
        #expect(try await world.condition()?.status == .true)
    }

    /// Clocks that jump, both ways, and processes that end at any time: as soon as everybody has looked, all is valid again, and then
    /// nothing is written any more.
    @Test(arguments: 0..<10) func clocksJump(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let lifetimes: [Int64] = [60, 90, 3600, 86400, 2160 * 3600, 87600 * 3600]
        let world = try await Self.world(
            Self.settings(
                .seconds(lifetimes.randomElement(using: &random) ?? 60), .seconds(lifetimes.randomElement(using: &random) ?? 60)))
        for _ in 0..<8 {
            try await world.settle()
            switch Int.random(in: 0..<4, using: &random) {
            case 0: world.restart()
            case 1: world.pass(.seconds(Int64.random(in: -200_000...200_000, using: &random)))
            case 2: world.pass(.seconds(Int64.random(in: -20_000_000...20_000_000, using: &random)))
            default: try await world.run(.seconds(Int64.random(in: 1...300, using: &random)))
            }
            // everybody looks again within the hour; a test needs not wait for it
            world.restart()
            try await world.settle()
            let (scheduler, executor) = (try await world.leaf(.scheduler), try await world.leaf(.executor))
            #expect(world.accepts(scheduler) && world.accepts(executor))
            #expect(world.trusts(executor, scheduler, host: "demo-discovery.default.svc"))
            let writes = world.recordWrites()
            world.restart()
            try await world.settle()
            #expect(writes.all.isEmpty)
        }
    }
}

struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
