import JSON
import SpiceConversion
import Testing

/// Only what is no object of a known kind and version is refused, with words that name the object and what is wrong.
@Suite struct ConversionErrorTests {
    private func failure(_ object: JSONValue, to version: String = "spice.ai/v2") -> String? {
        do {
            _ = try SpiceConversion.convert(object, to: version)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func nameTheObjectAndTheField() throws {
        var odd = try set("v1", "")
        odd["apiVersion"] = "spice.ai/v3"
        #expect(failure(odd) == #"SpicepodSet default/demo: apiVersion: "spice.ai/v3" is not one of spice.ai/v2, spice.ai/v1"#)
        #expect(
            failure(try set("v1", ""), to: "spice.ai/v7")
                == #"SpicepodSet default/demo: apiVersion: cannot be converted to "spice.ai/v7": SpicepodSet has spice.ai/v2, spice.ai/v1"#
        )
        #expect(
            failure(["kind": "Pod", "apiVersion": "v1", "metadata": ["name": "p"]])
                == #"Pod p: kind: "Pod" cannot be converted; known kinds: SpicepodCluster, SpicepodSet"#)
        #expect(failure(["metadata": [:]]) == "kind: kind and apiVersion are needed to convert an object")
        #expect(failure([1]) == "expected an object, found array")
    }

    @Test func theSameVersionIsTheSameObject() throws {
        let object = try set("v1", "update_strategy: {type: Parallel}")
        #expect(try object.converted(to: "v1") == object)
    }

    @Test(arguments: ["spec", "status", "metadata"]) func whatIsInsideIsNoError(_ part: String) throws {
        for value in [.null, 1, "x", [], [:], ["metadata": 1]] as [JSONValue] {
            for (from, to) in [("v1", "v2"), ("v2", "v1")] {
                var odd = try set(from, "")
                odd[part] = value
                #expect(throws: Never.self) { try odd.converted(to: to) }
            }
        }
    }

    @Test func kindsAndVersionsAreListed() {
        #expect(
            SpiceConversion.versions == [
                "SpicepodSet": ["spice.ai/v2", "spice.ai/v1"], "SpicepodCluster": ["spice.ai/v2", "spice.ai/v1alpha1"],
            ])
    }
}
