import ControllerRuntime
import JSON
import KubernetesModel
import SpiceTypes
import Testing

@testable import SetController

/// What the caches keep of the API's objects, and what they make of broken ones.
@Suite struct CachedObjectTests {
    /// A set that cannot be read stays in the cache with the reason, so that it can be told on the set itself.
    @Test func unreadableSetKeepsTheProblem() throws {
        let text = """
            {"metadata":{"name":"demo","namespace":"default","uid":"u","generation":4,"resourceVersion":"9"},
             "spec":{"replicas":"three","spicepod":{}},"status":{"replicas":"2/2","activeVersion":"abc"}}
            """
        let cached = try JSONScanner.scan(Array(text.utf8)) { try CachedSet(scanning: &$0) }
        #expect(cached.identity.key == ObjectKey(namespace: "default", name: "demo"))
        #expect(cached.identity.uid == "u")
        #expect(cached.identity.generation == 4)
        #expect(cached.problem?.path == "spec.replicas")
        #expect(cached.set.metadata.generation == 4)
        #expect(cached.set.status?.activeVersion == "abc")
    }

    @Test func readableSetHasNone() throws {
        let text = #"{"metadata":{"name":"demo"},"spec":{"spicepod":{"name":"a","datasets":[1,null]}}}"#
        let cached = try JSONScanner.scan(Array(text.utf8)) { try CachedSet(scanning: &$0) }
        #expect(cached.problem == nil)
        #expect(cached.set.spec.spicepod?["datasets"]?.arrayValue == [1, .null])
    }

    /// Observed means: the StatefulSet controller has seen this generation, or a later one.
    @Test(arguments: [(3, nil, false), (3, 2, false), (3, 3, true), (3, 4, true)] as [(Int, Int?, Bool)])
    func workloadIsObserved(generation: Int, observed: Int?, expected: Bool) throws {
        let status = observed.map { #"{"observedGeneration":\#($0)}"# } ?? "{}"
        let text = """
            {"metadata":{"name":"demo-0","namespace":"default","uid":"u","generation":\(generation),
              "labels":{"spice.ai/version":"of-the-object"}},
             "spec":{"template":{"metadata":{"labels":{"spice.ai/version":"12345678"}}}},"status":\(status)}
            """
        let workload = try JSONScanner.scan(Array(text.utf8)) { try CachedWorkload(scanning: &$0) }.observed
        #expect(workload.isObserved == expected)
        #expect(workload.version == "12345678")
        #expect(workload.key == ObjectKey(namespace: "default", name: "demo-0"))
    }

    @Test func versionWithoutItsAnnotations() throws {
        let text = #"{"metadata":{"name":"demo-12345678","namespace":"default","uid":"u"},"data":{"spicepod.yaml":""}}"#
        let version = try JSONScanner.scan(Array(text.utf8)) { try CachedVersion(scanning: &$0) }.observed
        #expect(version.version == nil)
        #expect(version.template == nil)
    }
}
