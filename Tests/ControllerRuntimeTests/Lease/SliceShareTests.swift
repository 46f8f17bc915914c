import KubernetesModel
import Testing

@testable import ControllerRuntime

@Suite struct SliceShareTests {
    /// Members that see the same members share out every slice, none with two more than another.
    @Test(arguments: 1...9, 1...12) func sharesAddUp(members: Int, slices: Int) {
        let names = Set((0..<members).map { "replica-\($0)" })
        let shares = names.map { SliceShare.of($0, members: names, slices: slices) }
        #expect(shares.reduce(0, +) == slices)
        #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
    }

    /// Which slice a key is in never changes: replicas of different releases must agree.
    @Test func slicesAreStable() {
        let ownership = SliceOwnership(slices: 16)
        let keys = [("default", "taxi"), ("default", "taxi-trips"), ("", "cluster-wide"), ("prod-eu", "search-7")]
        #expect(keys.map { ownership.slice(of: ObjectKey(namespace: $0.0, name: $0.1)) } == [15, 10, 0, 2])
    }

    /// Keys spread over the slices.
    @Test func slicesAreEven() {
        let ownership = SliceOwnership(slices: 8)
        var counts = [Int](repeating: 0, count: 8)
        for number in 0..<8000 { counts[ownership.slice(of: ObjectKey(namespace: "default", name: "set-\(number)"))] += 1 }
        #expect(counts.allSatisfy { (850...1150).contains($0) }, "\(counts)")
    }
}
