import JSON
import KubernetesClient
import LocalControlPlane
import Testing

/// Who owns a field is known across versions: conflicts, taking over and abandoning work as within one.
@Suite struct ApplyAcrossVersionsTests {
    private func gadget(_ version: String, _ spec: JSONValue) -> JSONValue { Gadgets.gadget("a", version: version, spec) }

    @Test func conflict() async throws {
        let (api, _) = try await Gadgets.served()
        let first = try await api.apply("\(Gadgets.v1)/a", as: "one", gadget("v1", ["size": 3]))
        #expect(first.status == 201, "\(first.message)")
        let second = try await api.apply("\(Gadgets.v2)/a", as: "two", gadget("v2", ["shape": ["size": 4]]))
        #expect(second.status == 409)
        #expect(second.message.contains("conflict with \"one\": .spec.size"), "\(second.message)")

        let forced = try await api.apply("\(Gadgets.v2)/a", as: "two", force: true, gadget("v2", ["shape": ["size": 4]]))
        #expect(forced.status == 200)
        let owners = (forced.body[path: "metadata", "managedFields"]?.arrayValue ?? []).compactMap { $0["manager"] }
        #expect(owners == ["two"])
        let same = try await api.apply("\(Gadgets.v1)/a", as: "one", gadget("v1", ["size": 4]))
        #expect(same.status == 200, "\(same.message)")
    }

    /// A manager that moves to another version and applies a field no more removes it, also where others are left alone.
    @Test func abandonedInAnotherVersion() async throws {
        let (api, _) = try await Gadgets.served()
        _ = try await api.apply("\(Gadgets.v1)/a", as: "one", gadget("v1", ["size": 3, "note": "n"]))
        _ = try await api.apply("\(Gadgets.v1)/a", as: "other", gadget("v1", ["replicas": 2]))
        let moved = try await api.apply("\(Gadgets.v2)/a", as: "one", gadget("v2", ["note": "n"]))
        #expect(moved.status == 200, "\(moved.message)")
        #expect(moved.body[path: "spec", "shape"]?["size"] == nil)
        #expect(moved.body[path: "spec", "note"] == "n")
        #expect(moved.body[path: "spec", "replicas"] == 2)
    }

    /// The same intent in another version changes nothing but the version of its entry.
    @Test func sameIntent() async throws {
        let (api, _) = try await Gadgets.served()
        _ = try await api.apply("\(Gadgets.v1)/a", as: "one", gadget("v1", ["size": 3]))
        let moved = try await api.apply("\(Gadgets.v2)/a", as: "one", gadget("v2", ["shape": ["size": 3]]))
        #expect(moved.status == 200, "\(moved.message)")
        #expect(moved.body[path: "metadata", "generation"] == 1)
        #expect(moved.body[path: "metadata", "managedFields"]?.arrayValue?.count == 1)
        let entry = moved.body[path: "metadata", "managedFields"]?[0]
        #expect(entry?["apiVersion"] == "example.io/v2")
        #expect(entry?[path: "fieldsV1", "f:spec", "f:shape"] != nil)
    }

    /// An update takes over what it changed from owners that speak another version.
    @Test func updateTakesOver() async throws {
        let (api, _) = try await Gadgets.served()
        _ = try await api.apply("\(Gadgets.v1)/a", as: "one", gadget("v1", ["size": 3, "note": "n"]))
        try await api.merge("\(Gadgets.v2)/a?fieldManager=user", ["spec": ["shape": ["size": 5]]])
        let read = try await api.call(.get, "\(Gadgets.v2)/a")
        let entries = read.body[path: "metadata", "managedFields"]?.arrayValue ?? []
        let one = entries.first { $0["manager"] == "one" }
        #expect(one?[path: "fieldsV1", "f:spec", "f:note"] != nil)
        #expect(one?[path: "fieldsV1", "f:spec", "f:size"] == nil)
        let user = entries.first { $0["manager"] == "user" }
        #expect(user?[path: "fieldsV1", "f:spec", "f:shape", "f:size"] != nil)
    }
}
