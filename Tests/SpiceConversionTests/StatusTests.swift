import JSON
import Testing

/// The status is converted too: v1 counts the standby's time in seconds, v2 writes RFC 3339; all else is the same.
@Suite struct StatusTests {
    private func set(_ version: String, expiry: JSONValue) throws -> JSONValue {
        var object = try SpiceConversionTests.set(version, "")
        object["status"] = [
            "replicas": "2/2", "readyReplicas": 2, "standbyVersion": "ab", "standbyExpiresAt": expiry,
            "conditions": [["type": "Ready", "status": "True"]],
        ]
        return object
    }

    @Test func timesAreInTheNotationOfTheVersion() throws {
        let new = try set("v2", expiry: "2026-11-21T06:54:33Z")
        let old = try new.converted(to: "v1")
        #expect(old == (try set("v1", expiry: 1_795_244_073).with(annotationsOf: old, specOf: old)))
        #expect(try old.converted(to: "v2") == new)
    }

    @Test func v1ReadsBack() throws {
        let old = try set("v1", expiry: 1_700_000_000)
        let new = try old.converted(to: "v2")
        #expect(new[path: "status", "standbyExpiresAt"] == "2023-11-14T22:13:20Z")
        #expect(try new.converted(to: "v1").manifest == old)
    }

    /// Fractions, offsets and times beyond RFC 3339 come back as they were.
    @Test(
        arguments: [
            ("v2", "2026-11-21T06:54:33.5Z"), ("v2", "2026-11-21T06:54:33+02:00"), ("v2", "soon"), ("v1", -1), ("v1", .int(.max)),
        ]
            as [(String, JSONValue)])
    func oddTimesComeBack(_ version: String, _ expiry: JSONValue) throws {
        let object = try set(version, expiry: expiry)
        #expect(try object.converted(to: version == "v1" ? "v2" : "v1").converted(to: version).manifest == object)
    }
}

extension JSONValue {
    fileprivate func with(annotationsOf other: JSONValue, specOf spec: JSONValue) -> JSONValue {
        var object = self
        object[path: "metadata", "annotations"] = other[path: "metadata", "annotations"]
        object["spec"] = spec["spec"]
        return object
    }
}
