import ControllerRuntime
import JSON
import KubernetesClient
import KubernetesModel
import LocalControlPlane
import PKI
import SpiceTypes
import Testing

@testable import CertManager

/// A root CA goes with its cluster, and with nothing else.
@Suite struct SweepTests {
    private let secret = "default.demo-ca"

    @Test func theRootGoesWithItsCluster() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.createCluster("demo", "other")
        try await world.settle()
        try await world.delete(.spicepodClusters, "demo")
        try await world.settle()
        #expect(try await world.authority() == nil)
        #expect(try await world.authority("demo", "other") != nil)
    }

    /// Also of a cluster that went while nobody was there.
    @Test func orphansAreFound() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.settle()
        try await world.delete(.spicepodClusters, "demo")
        world.restart()
        try await world.settle()
        #expect(try await world.authority() == nil)
    }

    /// A cluster of the same name is another one: its nodes do not trust those of the first.
    @Test func anotherClusterOfThatName() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.settle()
        let before = try await world.authority()?.certificate
        try await world.delete(.spicepodClusters, "demo")
        let uid = try await world.createCluster()
        try await world.settle()
        let after = try await world.authority()?.certificate
        #expect(after?.commonName == AuthorityName.commonName(of: uid))
        #expect(after?.authorityIdentifier != before?.authorityIdentifier)
    }

    /// Clusters of namespaces that are not watched look as if they were gone.
    @Test func othersNamespacesAreLeftAlone() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.settle()
        try await world.delete(.spicepodClusters, "demo")
        world.restart(scope: .only(["other"]))
        try await world.settle()
        #expect(try await world.authority() != nil)
    }

    /// An API server that does not serve the kind answers 404 as well. That is no word about any cluster.
    @Test func aMissingKindIsNoMissingCluster() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.settle()
        try await world.delete(.spicepodClusters, "demo")
        world.server.faults.intercept { request in
            guard request.method == .get, request.path.hasSuffix("/spicepodclusters/demo") else { return nil }
            return HTTPResponse(status: 404, headers: HTTPHeaders([]), body: Array("404 page not found\n".utf8))
        }
        try await world.settle()
        #expect(try await world.authority() != nil)
        world.server.faults.intercept(nil)
        world.restart()
        try await world.settle()
        #expect(try await world.authority() == nil)
    }

    /// Annotations can be lost.
    @Test func theNameSaysWhoseItIs() async throws {
        let world = try await World()
        try await world.createCluster()
        try await world.settle()
        try await world.delete(.spicepodClusters, "demo")
        try await world.patch(.secrets, secret, ["metadata": ["annotations": .null]], World.namespace)
        try await world.settle()
        #expect(try await world.authority() == nil)
    }
}
