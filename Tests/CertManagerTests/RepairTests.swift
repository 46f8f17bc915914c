import JSON
import KubernetesModel
import LocalControlPlane
import PKI
import SpiceTypes
import Testing

@testable import CertManager

/// Whatever becomes of a Secret of ours, it is put right, and every node accepts every other again.
@Suite struct RepairTests {
    private func world() async throws -> World {
        let world = try await World()
        try await world.createCluster()
        try await world.createNode(.scheduler)
        try await world.createNode(.executor)
        try await world.settle()
        return world
    }

    private func expectPeace(_ world: World, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let (scheduler, executor) = (try await world.leaf(.scheduler), try await world.leaf(.executor))
        let root = try await world.authority()
        #expect(world.accepts(scheduler) && world.accepts(executor), sourceLocation: sourceLocation)
        #expect(world.trusts(executor, scheduler, host: "demo-discovery.default.svc"), sourceLocation: sourceLocation)
        #expect(scheduler?.authority == root?.certificate, sourceLocation: sourceLocation)
        #expect(try await world.condition()?.status == .true, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            ["data": ["tls.crt": ""]], ["data": ["tls.key": "AAAA"]], ["data": ["ca.crt": ""]], ["data": ["ca.crt": .null]],
        ] as [JSONValue])
    func brokenLeaf(change: JSONValue) async throws {
        let world = try await world()
        let before = try await world.leaf(.scheduler)?.certificate
        try await world.patch(.secrets, "demo-scheduler-0-mtls", change)
        try await world.settle()
        try await expectPeace(world)
        #expect(try await world.leaf(.scheduler)?.certificate != before)
        #expect(try await world.events().contains { $0["reason"] == "CertificateReissued" })
    }

    @Test func lostLeaf() async throws {
        let world = try await world()
        try await world.delete(.secrets, "demo-scheduler-0-mtls")
        try await world.settle()
        try await expectPeace(world)
    }

    /// A certificate of another node of the same cluster is not good enough.
    @Test func anotherNodesLeaf() async throws {
        let world = try await world()
        let data = try await world.object(.secrets, "demo-executor-0-mtls")?["data"] ?? [:]
        try await world.patch(.secrets, "demo-scheduler-0-mtls", ["data": data])
        try await world.settle()
        try await expectPeace(world)
    }

    @Test func lostAuthority() async throws {
        let world = try await world()
        let before = try await world.authority()
        try await world.delete(.secrets, "default.demo-ca", World.namespace)
        try await world.settle()
        try await expectPeace(world)
        let after = try await world.authority()
        #expect(after?.certificate?.authorityIdentifier != before?.certificate?.authorityIdentifier)
    }

    /// As long as the key is there, what it signed stays valid, and the nodes are left alone.
    @Test func truncatedAuthorityKeepsItsKey() async throws {
        let world = try await world()
        let (before, leaf) = (try await world.authority(), try await world.leaf(.scheduler)?.certificate)
        try await world.patch(.secrets, "default.demo-ca", ["data": ["tls.crt": "LS0tLS1CRUdJTg=="]], World.namespace)
        try await world.settle()
        let after = try await world.authority()
        #expect(after?.certificate?.authorityIdentifier == before?.certificate?.authorityIdentifier)
        #expect(try await world.leaf(.scheduler)?.certificate == leaf)
        #expect(after?.authority == after?.certificate)
    }

    @Test(arguments: ["tls.key", "tls.crt"]) func authorityOfSomebodyElse(member: String) async throws {
        let world = try await world()
        try await world.createCluster("second")
        try await world.settle()
        let stranger = try await world.object(.secrets, "default.second-ca", World.namespace)?["data"] ?? [:]
        let change: JSONValue = member == "tls.key" ? stranger : ["tls.crt": stranger["tls.crt"] ?? ""]
        try await world.patch(.secrets, "default.demo-ca", ["data": change], World.namespace)
        try await world.settle()
        try await expectPeace(world)
        let (mine, theirs) = (try await world.authority(), try await world.authority("second"))
        #expect(mine?.certificate?.authorityIdentifier != theirs?.certificate?.authorityIdentifier)
    }

    /// A Secret that somebody else made is told, and left as it is.
    @Test func foreignSecrets() async throws {
        let world = try await World()
        let data: JSONValue = ["a": "Yg=="]
        for (name, namespace) in [("default.demo-ca", World.namespace), ("other.demo-ca", World.namespace)] {
            try await world.create(
                .secrets,
                [
                    "apiVersion": "v1", "kind": "Secret", "metadata": ["name": .string(name), "namespace": .string(namespace)],
                    "data": data,
                ])
        }
        try await world.createCluster()
        try await world.settle()
        let condition = try await world.condition()
        #expect(condition?.status == .false && condition?.reason == "ForeignSecret")
        #expect(condition?.message == told("spiceai-operator-system/default.demo-ca"))
        #expect(try await world.object(.secrets, "default.demo-ca", World.namespace)?["data"] == data)
        #expect(try await world.events().contains { $0["reason"] == "ForeignSecret" && $0["type"] == "Warning" })
        try await world.delete(.secrets, "default.demo-ca", World.namespace)
        try await world.run(.seconds(60))
        #expect(try await world.condition()?.status == .true)
    }

    private func told(_ secret: String) -> String {
        "Secret \(secret) exists and was not made by cert-manager; delete or rename the Secret, or rename the cluster"
    }

    @Test func foreignLeaf() async throws {
        let world = try await World()
        let data: JSONValue = ["a": "Yg=="]
        try await world.create(
            .secrets,
            [
                "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "demo-scheduler-0-mtls", "namespace": "default"],
                "data": data,
            ])
        try await world.createCluster()
        try await world.createNode(.scheduler)
        try await world.settle()
        #expect(try await world.object(.secrets, "demo-scheduler-0-mtls")?["data"] == data)
        #expect(try await world.condition()?.reason == "ForeignSecret")
        #expect(try await world.condition()?.message == told("default/demo-scheduler-0-mtls"))
        try await world.delete(.secrets, "demo-scheduler-0-mtls")
        try await world.run(.seconds(60))
        #expect(try await world.condition()?.status == .true)
        #expect(world.accepts(try await world.leaf(.scheduler)))
    }

    /// A StatefulSet of the same name is another one: its Secret belongs to it.
    @Test func remadeStatefulSet() async throws {
        let world = try await world()
        try await world.delete(.statefulSets, "demo-scheduler-0")
        try await world.createNode(.scheduler)
        // what the garbage collector does with a Secret whose owner was orphaned
        try await world.patch(.secrets, "demo-scheduler-0-mtls", ["metadata": ["ownerReferences": .null]])
        try await world.settle()
        let secret = try await world.object(.secrets, "demo-scheduler-0-mtls")
        let owner = try await world.object(.statefulSets, "demo-scheduler-0")
        #expect(secret?[path: "metadata", "ownerReferences"]?[0]?["uid"] == owner?[path: "metadata", "uid"])
        try await expectPeace(world)
    }

    /// The same StatefulSet: nothing is said of another one.
    @Test func ownerTakenAway() async throws {
        let world = try await world()
        try await world.patch(.secrets, "demo-scheduler-0-mtls", ["metadata": ["ownerReferences": .null]])
        try await world.settle()
        let owner = try await world.object(.statefulSets, "demo-scheduler-0")
        let secret = try await world.object(.secrets, "demo-scheduler-0-mtls")
        #expect(secret?[path: "metadata", "ownerReferences"]?[0]?["uid"] == owner?[path: "metadata", "uid"])
        let notes = try await world.events().filter { $0["reason"] == "CertificateReissued" }.compactMap { $0["note"]?.stringValue }
        #expect(
            notes == [
                "Issued the certificate in Secret demo-scheduler-0-mtls anew, because the Secret did not belong to its StatefulSet"
            ])
    }
}
