import JSON
import SpiceTypes

/// What an object holds of another version, by unit, in the annotation `spice.ai/conversion`:
/// `{"v1": {"updateStrategy": {"updateStrategy": {"type": "Parallel"}}}}`.
///
/// On an object in the older version it also says in which places values are shown, where that is not the canonical one:
/// `{"shown": ["spiced.http_port"], "v2": {…}}`. That it says so marks the object as one that was read.
///
/// `"noted": true` there says that the stored object remembers the notation. Then the annotation stays on the way back, if need be
/// empty: server-side apply prunes an object by converting it without the fields that are going, and keeps of the stored
/// object what it finds on the result. Without the annotation it would read the rest in another notation and lose it
/// (structured-merge-diff, `addBackDanglingItems`).
///
/// The annotation belongs to the conversion. Whatever else is found there is ignored, and it is written anew each time, so
/// that nothing stale stays.
struct ConversionMemory: Sendable {
    var units: [String: Members] = [:]
    var shown: Set<[String]>?
    var isNoted = false

    init(units: [String: Members], shown: Set<[String]>? = nil, isNoted: Bool = false) {
        self.units = units
        self.shown = shown
        self.isNoted = isNoted
    }

    /// What the object remembers of `version`.
    init(of object: JSONValue, for version: String) {
        guard let text = object[path: "metadata", "annotations", AnnotationKey.conversion]?.stringValue,
            let tree = try? JSONValue(parsing: text)
        else { return }
        shown = tree["shown"]?.arrayValue.map { places in
            Set(places.compactMap { $0.stringValue?.split(separator: ".").map(String.init) })
        }
        isNoted = tree["noted"] == true
        guard case .object(let members)? = tree[version] else { return }
        for (unit, form) in members {
            switch form {
            case .object(let fields): units[unit] = fields
            case .null: units[unit] = [:]
            default: continue
            }
        }
    }

    /// The API server's limit of all annotations of an object together, keys included (apimachinery's `TotalAnnotationSizeLimitB`).
    private static let annotationsLimit = 256 << 10
    /// What the memory may take of it.
    private static let limit = 200 << 10

    /// Replaces what the object remembers. Units that would not fit are left out, the largest first: the live fields stand for them.
    func write(to object: inout JSONValue, for version: String) {
        let present = object[path: "metadata", "annotations"]
        // where there is no place for annotations there is no memory
        guard object["metadata"].map({ $0.objectValue != nil }) ?? true, present.map({ $0.objectValue != nil }) ?? true else {
            return
        }
        var annotations = present?.objectValue ?? [:]
        let hadOwn = annotations.removeValue(forKey: AnnotationKey.conversion) != nil
        guard hadOwn || !units.isEmpty || shown != nil || isNoted else { return }
        let others = annotations.reduce(0) { $0 + $1.key.utf8.count + ($1.value.stringValue?.utf8.count ?? 0) }
        let room = min(Self.limit, Self.annotationsLimit - others - AnnotationKey.conversion.utf8.count)
        annotations[AnnotationKey.conversion] = text(for: version, within: room).map { .string($0) }
        object[path: "metadata", "annotations"] = annotations.isEmpty ? nil : .object(annotations)
    }

    private func text(for version: String, within room: Int) -> String? {
        var units = units
        while true {
            var tree: Members = [:]
            if !units.isEmpty { tree[version] = .object(units.mapValues { .object($0) }) }
            tree["shown"] = shown.map { .array($0.map { .string($0.joined(separator: ".")) }.sorted { $0.text < $1.text }) }
            if isNoted, shown != nil { tree["noted"] = true }
            if tree.isEmpty, !isNoted { return nil }
            let text = JSONValue.object(tree).text
            if text.utf8.count <= room { return text }
            let sizes = units.mapValues { JSONValue.object($0).serialized().count }
            guard let largest = sizes.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return nil }
            units[largest.key] = nil
        }
    }
}
