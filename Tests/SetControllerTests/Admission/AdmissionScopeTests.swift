import JSON
import ServiceKit
import SpiceAdmission
import SpiceTypes
import SpiceValidation
import Synchronization
import Testing

@testable import SetController

/// Only the spec of a SpicepodSet that is to live is judged; everything else passes.
@Suite struct AdmissionScopeTests {
    private let refusing = Reviews.admission(.err, [Reviews.error()])

    @Test func createAndUpdateAreJudged() {
        #expect(!refusing.review(Reviews.request()).isAllowed)
        #expect(!refusing.review(Reviews.request(old: Reviews.set)).isAllowed)
    }

    @Test func otherOperationsPass() {
        #expect(refusing.review(Reviews.request(nil, old: Reviews.set, operation: .delete)).isAllowed)
        #expect(refusing.review(Reviews.request(operation: .connect)).isAllowed)
        #expect(refusing.review(Reviews.request(nil)).isAllowed)
    }

    @Test func subresourcesAndOtherKindsPass() {
        var request = Reviews.request()
        request.subresource = "status"
        #expect(refusing.review(request).isAllowed)
        request = Reviews.request()
        request.kind = "Pod"
        #expect(refusing.review(request).isAllowed)
    }

    @Test func whatIsBeingDeletedPasses() {
        var set = Reviews.set
        set[path: "metadata", "deletionTimestamp"] = "2026-01-01T00:00:00Z"
        #expect(refusing.review(Reviews.request(set, old: Reviews.set)).isAllowed)
    }

    @Test func rulesSeeTheOldSet() {
        let seen = Mutex<[Int32?]>([])
        let admission = SetAdmission(
            .spicepodSets, policy: .err,
            validate: { set, old in
                seen.withLock { $0 = [set.spec.replicas, old?.spec.replicas] }
                return []
            }, convert: { object, _ in object })
        var old = Reviews.set
        old[path: "spec", "replicas"] = 7
        #expect(admission.review(Reviews.request(old: old)).isAllowed)
        #expect(seen.withLock { $0 } == [1, 7])
        // A stored one that cannot be read is as good as none.
        old[path: "spec", "replicas"] = "many"
        #expect(admission.review(Reviews.request(old: old)).isAllowed)
        #expect(seen.withLock { $0 } == [1, nil])
    }
}
