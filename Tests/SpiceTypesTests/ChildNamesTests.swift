import SpiceTypes
import Testing

/// Children's names are the set's with a suffix, and stay inside Kubernetes' limits, distinct and the same every time.
@Suite struct ChildNamesTests {
    @Test func shortNamesAreKept() {
        let names = ChildNames(set: "my-spicepod")
        #expect(names.service == "my-spicepod")
        #expect(names.headlessService == "my-spicepod-headless")
        #expect(names.statefulSet(2) == "my-spicepod-2")
        #expect(names.configMap(Version(sha: "0123456789abcdef")) == "my-spicepod-01234567")
        #expect(names.statefulSet(1, version: Version(sha: "0123456789abcdef")) == "my-spicepod-01234567-1")
    }

    @Test(arguments: [1, 41, 42, 43, 50, 51, 52, 53, 63, 64, 200, 253])
    func limits(length: Int) {
        let names = ChildNames(set: String(repeating: "x", count: length))
        let version = Version(sha: "0123456789abcdef")
        #expect(names.service.count <= 63)
        #expect(names.headlessService.count <= 63)
        #expect(names.headlessService.hasSuffix("-headless"))
        #expect(names.configMap(version).count <= 253)
        // a pod's controller-revision-hash is `<statefulset>-<10 digits>`
        #expect(names.statefulSet(99999, version: version).count + 11 <= 63)
        #expect(names.labelValue.count <= 63)
    }

    @Test func longNamesStayDistinct() {
        let base = String(repeating: "x", count: 100)
        #expect(ChildNames(set: base + "a").statefulSet(0) != ChildNames(set: base + "b").statefulSet(0))
        #expect(ChildNames(set: base).statefulSet(0) != ChildNames(set: base).statefulSet(1))
    }

    /// Cut in the middle of a separator, a name still begins and ends as DNS wants.
    @Test func cutsLeaveValidNames() {
        let names = ChildNames(set: String(repeating: "a-", count: 40) + "a")
        #expect(!names.service.contains("--"))
        #expect(names.service.last?.isLetter == true || names.service.last?.isNumber == true)
    }
}
