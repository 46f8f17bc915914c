import JSON
import SpiceTypes
import SpiceValidation
import Testing

/// However much is wrong, at most about a hundred findings are told, the worst of them, and how many more there are.
@Suite struct BoundTests {
    @Test func manyMistakes() throws {
        var set = try Sample.spicepod("{}")
        set.spec.spicepod?["datasets"] = .array(Array(repeating: 1, count: 20_000))
        let findings = SpicepodSetValidator.findings(set)
        #expect(findings.count == 101)
        #expect(findings.first?.description == "spec.spicepod.datasets[0]: is an integer; give an object")
        #expect(findings.last?.description == "spec: 19900 more errors are not listed; correct these first")
        #expect(findings.last?.severity == .error)
    }

    @Test func essentialErrorsAreNeverLeftOut() throws {
        var set = try Sample.spicepod("{}")
        for key in 0..<500 { set.spec.spicepod?["unknown\(key)"] = 1 }
        set.spec.spicepod?["datasets"] = .array(Array(repeating: 1, count: 500))
        set.spec.replicas = -1
        let findings = SpicepodSetValidator.findings(set)
        #expect(SpicepodSetValidator.blocking(findings, at: .off).map(\.rule) == ["replicas"])
        #expect(
            findings.suffix(2).map(\.message) == [
                "401 more errors are not listed; correct these first", "500 more warnings are not listed; correct these first",
            ])
        #expect(findings.count == 102)
    }

    @Test func oneLine() throws {
        var set = try Sample.spicepod("{}")
        set.spec.spicepod?["datasets"] = .array(Array(repeating: 1, count: 500))
        let text = SpicepodSetValidator.findings(set).joined(limit: 200)
        #expect(text.utf8.count < 230)
        #expect(text.hasPrefix("spec.spicepod.datasets[0]: is an integer; give an object; spec.spicepod.datasets[1]: "))
        #expect(text.hasSuffix("; and 98 more"))
    }
}
