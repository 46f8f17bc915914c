import JSON
import Testing

@testable import ControllerRuntime

/// What a real API server made of an apply is recognised as what was applied, and any change of it is not.
@Suite struct ServerSampleTests {
    @Test(arguments: ServerSamples.all.indices) func isWhatWasApplied(index: Int) throws {
        let (kind, intent, live) = try sample(index)
        #expect(OwnedFields.digest(of: live, manager: "spice-test") == OwnedFields.digest(ofIntent: intent), "\(kind)")
        #expect(OwnedFields.digest(of: live, manager: "somebody") == nil)
    }

    /// Every single leaf of the intent counts, but for the few values that say nothing.
    @Test(arguments: ServerSamples.all.indices) func everyLeafCounts(index: Int) throws {
        let (kind, intent, live) = try sample(index)
        let held = OwnedFields.digest(of: live, manager: "spice-test")
        for path in intent.leaves() where !["apiVersion", "kind", "metadata.name", "metadata.namespace"].contains(path.dotted) {
            let changed = intent.replacing(path[...], with: "another value")
            #expect(OwnedFields.digest(ofIntent: changed) != held, "\(kind): \(path.dotted)")
        }
    }

    /// A field that is no longer wanted shows, and so does drift in a field that is ours.
    @Test func removalAndDriftShow() throws {
        let (_, intent, live) = try sample(0)
        let held = OwnedFields.digest(of: live, manager: "spice-test")
        var less = intent
        less[path: "metadata", "annotations"] = nil
        #expect(OwnedFields.digest(ofIntent: less) != held)
        var drifted = live
        drifted[path: "spec", "replicas"] = 7
        #expect(OwnedFields.digest(of: drifted, manager: "spice-test") != held)
        var foreign = live
        foreign[path: "metadata", "annotations", "somebody.else/is"] = "here"
        #expect(OwnedFields.digest(of: foreign, manager: "spice-test") == held, "what is not ours is not our business")
    }

    private func sample(_ index: Int) throws -> (String, JSONValue, JSONValue) {
        let (kind, intent, live) = ServerSamples.all[index]
        return (kind, try JSONValue(parsing: intent), try JSONValue(parsing: live))
    }
}

private enum Step: Hashable {
    case member(String)
    case element(Int)
}

extension [Step] {
    fileprivate var dotted: String {
        map { step in
            switch step {
            case .member(let name): name
            case .element(let index): "\(index)"
            }
        }.joined(separator: ".")
    }
}

extension JSONValue {
    fileprivate func leaves() -> [[Step]] {
        switch self {
        case .object(let members):
            members.flatMap { name, member in member.leaves().map { [.member(name)] + $0 } }
        case .array(let elements):
            elements.enumerated().flatMap { index, element in element.leaves().map { [.element(index)] + $0 } }
        default: [[]]
        }
    }

    fileprivate func replacing(_ path: ArraySlice<Step>, with leaf: JSONValue) -> JSONValue {
        guard let step = path.first else { return leaf }
        switch (self, step) {
        case (.object(var members), .member(let name)):
            members[name] = members[name]?.replacing(path.dropFirst(), with: leaf)
            return .object(members)
        case (.array(var elements), .element(let index)):
            elements[index] = elements[index].replacing(path.dropFirst(), with: leaf)
            return .array(elements)
        default: return self
        }
    }
}
