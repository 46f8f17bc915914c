import JSON
import SpiceTypes
import Testing

/// The image of a set is the same in both versions, whatever the set leaves to defaults: each version keeps its own.
@Suite struct ImageTests {
    @Test func v1WithoutAnImageMeansThatOfV1() throws {
        let old = try set("v1", "")
        let new = try old.converted(to: "v2")
        #expect(new[path: "spec", "image"] == ["repository": "spiceai/spiceai", "tag": "latest-models"])
        #expect(try new.converted(to: "v1").manifest == old)
    }

    @Test func v2WithoutAnImageMeansThatOfV2() throws {
        let new = try set("v2", "")
        let old = try new.converted(to: "v1")
        let image = try #require(old[path: "spec", "image"])
        let registry = try #require(image["registry"]?.stringValue)
        let name = try #require(image["name"]?.stringValue)
        #expect("\(registry)/\(name)" == ContainerImage.defaultRepository)
        #expect(image["tag"]?.stringValue == ContainerImage.defaultTag)
        #expect(try old.converted(to: "v2") == new)
    }

    @Test func anotherTagInV1LeavesTheRestToTheDefaultOfV2() throws {
        var old = try set("v2", "").converted(to: "v1")
        old[path: "spec", "image", "tag"] = "2.1.0-enterprise-models"
        #expect(try old.converted(to: "v2")[path: "spec", "image"] == ["tag": "2.1.0-enterprise-models"])
    }

    @Test(
        arguments: [
            ("spiceai/spiceai", nil, "spiceai/spiceai"),
            ("ghcr.io/spiceai/spiceai", "ghcr.io", "spiceai/spiceai"),
            ("localhost/spice", "localhost", "spice"),
            ("registry:5000/a/b", "registry:5000", "a/b"),
            ("spice", nil, "spice"),
        ] as [(String, String?, String)])
    func aRegistryIsWhatLooksLikeAHost(_ repository: String, _ registry: String?, _ name: String) throws {
        let new = try set("v2", "image: {repository: '\(repository)', tag: x}")
        let old = try new.converted(to: "v1")
        #expect(old[path: "spec", "image", "registry"]?.stringValue == registry)
        #expect(old[path: "spec", "image", "name"]?.stringValue == name)
        #expect(old.memory == #"{"shown":[]}"#)
        #expect(try old.converted(to: "v2") == new)
    }

    @Test func aSlashTooManyIsNoMatter() throws {
        let new = try set("v1", "image: {registry: ghcr.io/, name: a/b}").converted(to: "v2")
        #expect(new[path: "spec", "image", "repository"] == "ghcr.io/a/b")
    }
}
