import JSON
import SpiceConversion
import SpiceTypes
import Testing

/// One annotation holds what the other version cannot. It is there only when it is needed, and nothing that is found in it is an
/// error.
@Suite struct MemoryAnnotationTests {
    @Test func holdsTheLostUnitAsItWasWritten() throws {
        let new = try set("v1", "image: {name: a, tag: b}\nupdateStrategy: {type: Parallel}").converted(to: "v2")
        #expect(new.memory == #"{"v1":{"updateStrategy":{"updateStrategy":{"type":"Parallel"}}}}"#)
        let old = try set("v2", "image: {repository: a, tag: b}\nprogressDeadlineSeconds: 60").converted(to: "v1")
        #expect(old.memory == #"{"shown":[],"v2":{"newInV2":{"progressDeadlineSeconds":60}}}"#)
    }

    @Test func isAbsentWhereNothingIsLost() throws {
        let old = try set("v1", "image: {name: a, tag: b}\nhttpPort: 1\nvolume: {storageRequests: 1Gi}")
        let new = try old.converted(to: "v2")
        #expect(new[path: "metadata", "annotations"] == nil)
        #expect(try new.converted(to: "v1").converted(to: "v2") == new)
    }

    /// By it a manifest that was never read is told from an object that was, see `DialectTests`.
    @Test func marksWhatWasReadInV1() throws {
        let new = try set("v1", "image: {name: a, tag: b}\nspiced: {http_port: 1}\nflightPort: 2").converted(to: "v2")
        #expect(try new.converted(to: "v1").memory == #"{"noted":true,"shown":["spiced.http_port"]}"#)
    }

    /// Server-side apply reads an object without the fields that are going in the other version, and keeps of the stored object what
    /// it finds on the result: the annotation must be there, or the notation of all that stays would be gone.
    @Test func keepsItsPlaceWhileFieldsGo() throws {
        var read = try set("v1", "spiceai_image_tag: b").converted(to: "v2").converted(to: "v1")
        read[path: "spec", "spiceai_image_tag"] = nil
        #expect(try read.converted(to: "v2").memory != nil)
        var plain = try set("v1", "image: {name: a, tag: b}").converted(to: "v2").converted(to: "v1")
        plain[path: "spec", "image"] = ["name": "a", "tag": "c"]
        #expect(try plain.converted(to: "v2").memory == nil)
    }

    @Test func leavesOtherAnnotationsAlone() throws {
        var old = try set("v1", "")
        old[path: "metadata", "annotations"] = ["note": "kept"]
        let new = try old.converted(to: "v2")
        #expect(new[path: "metadata", "annotations", "note"] == "kept")
        #expect(try new.converted(to: "v1").manifest == old)
    }

    /// What `spiceai-operator convert` prints is to be kept in files.
    @Test func canBeTakenOut() throws {
        var old = try set("v1", "update_strategy: {type: Parallel}")
        #expect(SpiceConversion.withoutMemory(try old.converted(to: "v2"))[path: "metadata", "annotations"] == nil)
        old[path: "metadata", "annotations"] = ["note": "kept"]
        #expect(
            SpiceConversion.withoutMemory(try old.converted(to: "v2"))[path: "metadata", "annotations"] == ["note": "kept"])
    }

    @Test func changesNothingElseOfTheMetadata() throws {
        var old = try set("v1", "")
        old[path: "metadata", "managedFields"] = [["manager": "kubectl", "apiVersion": "spice.ai/v1"]]
        old[path: "metadata", "resourceVersion"] = "7"
        var new = try old.converted(to: "v2")
        new[path: "metadata", "annotations"] = nil
        #expect(new["metadata"] == old["metadata"])
    }

    @Test(arguments: [
        "", "no JSON", "[]", #"{"v1":3}"#, #"{"v1":{"image":"x","updateStrategy":[1]}}"#, #"{"v9":{"image":{}}}"#, #"{"shown":3}"#,
    ])
    func ignoresGarbage(_ garbage: String) throws {
        for (from, to) in [("v1", "v2"), ("v2", "v1")] {
            let clean = try set(from, "httpPort: 1")
            var odd = clean
            odd[path: "metadata", "annotations"] = [AnnotationKey.conversion: .string(garbage)]
            #expect(try odd.converted(to: to) == clean.converted(to: to))
        }
    }

    /// A user who copies a remembered form over must not get a field out of it that is not live.
    @Test func neverWinsOverLiveFields() throws {
        var new = try set("v2", "image: {repository: a, tag: b}\nhttp: {port: 8091}")
        new[path: "metadata", "annotations"] = [AnnotationKey.conversion: #"{"v1":{"ports":{"httpPort":1}}}"#]
        let old = try new.converted(to: "v1")
        #expect(old.fields["httpPort"] == 8091)
        #expect(old.memory == #"{"noted":true,"shown":[]}"#)
    }

    /// 256 KiB is the API server's limit for all annotations of an object: a large Spicepod reads back as an object.
    @Test(arguments: [(150 << 10, 0, true), (210 << 10, 0, false), (150 << 10, 120 << 10, false)])
    func leavesOutWhatWouldNotFit(_ size: Int, _ others: Int, _ isRemembered: Bool) throws {
        var old = try set("v1", "update_strategy: {type: Parallel}")
        let text = "name: demo # a comment\ntext: \(String(repeating: "x", count: size))\n"
        old[path: "spec", "spicepod"] = .string(text)
        if others > 0 {
            old[path: "metadata", "annotations"] = ["other": .string(String(repeating: "y", count: others))]
        }
        let new = try old.converted(to: "v2")
        let annotations = try #require(new[path: "metadata", "annotations"]?.objectValue)
        #expect(annotations.reduce(0) { $0 + $1.key.utf8.count + ($1.value.stringValue?.utf8.count ?? 0) } <= 256 << 10)
        let seen = try new.converted(to: "v1")
        #expect((seen[path: "spec", "spicepod"] == .string(text)) == isRemembered)
        #expect(seen[path: "spec", "spicepod"]?.objectValue == nil || !isRemembered)
        #expect(seen[path: "spec", "update_strategy"] == ["type": "Parallel"], "small ones stay")
        #expect(try seen.converted(to: "v2")["spec"] == new["spec"])
    }
}
