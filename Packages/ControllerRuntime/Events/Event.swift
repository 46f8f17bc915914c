public import KubernetesModel

extension EventRecorder {
    /// The object that an event is about.
    public struct Subject: Sendable, Hashable {
        public var resource: ResourceType
        public var key: ObjectKey
        public var uid: String

        public init(resource: ResourceType, key: ObjectKey, uid: String) {
            self.resource = resource
            self.key = key
            self.uid = uid
        }
    }

    /// What happened, and why.
    public struct Event: Sendable, Hashable {
        public var isWarning: Bool
        public var reason: String
        public var action: String
        public var note: String

        public init(isWarning: Bool, reason: String, action: String, note: String) {
            self.isWarning = isWarning
            self.reason = reason
            self.action = action
            self.note = note
        }
    }
}

/// An event about an object: what makes two of them the same.
struct EventEntry: Sendable, Hashable {
    var subject: EventRecorder.Subject
    var event: EventRecorder.Event

    init(_ event: EventRecorder.Event, on subject: EventRecorder.Subject) {
        self.event = event
        self.event.note = Self.cut(event.note)
        self.subject = subject
    }

    /// Of the Event object: the same event has the same name, after a restart too.
    var name: String {
        let text = "\(subject.uid)/\(event.isWarning)/\(event.reason)/\(event.action)/\(event.note)"
        return "\(subject.key.name.prefix(230)).\(String(Digest(text.utf8).low, radix: 16))"
    }

    /// Events of cluster-scoped objects are kept in `default`.
    var key: ObjectKey {
        ObjectKey(namespace: subject.key.namespace.isEmpty ? "default" : subject.key.namespace, name: name)
    }

    /// A note has at most 1,024 bytes.
    private static func cut(_ note: String) -> String {
        guard note.utf8.count > 1024 else { return note }
        var end = note.utf8.index(note.startIndex, offsetBy: 1021)
        while end.samePosition(in: note) == nil { end = note.utf8.index(before: end) }
        return note[..<end] + "…"
    }
}
