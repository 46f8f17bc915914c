import JSON
import KubernetesModel

/// Events of both groups; a field is found under either name.
enum EventColumns {
    static let columns: [TableColumn] = [
        TableColumn(name: "Last Seen") { event, now in
            let times = [
                event.string("series", "lastObservedTime"), event.string("lastTimestamp"), event.string("deprecatedLastTimestamp"),
                event.string("eventTime"), event.string("metadata", "creationTimestamp"),
            ]
            return .string(Age.text(since: times.first { !$0.isEmpty } ?? "", now))
        },
        TableColumn(name: "Type") { event, _ in event["type"] ?? "" },
        TableColumn(name: "Reason") { event, _ in event["reason"] ?? "" },
        TableColumn(name: "Object") { event, _ in
            let object = event["involvedObject"] ?? event["regarding"] ?? [:]
            return .string("\(object.string("kind").lowercased())/\(object.string("name"))")
        },
        TableColumn(name: "Subobject") { event, _ in
            (event["involvedObject"] ?? event["regarding"])?["fieldPath"] ?? ""
        }.wide,
        TableColumn(name: "Source") { event, _ in
            let component = event.string("source", "component")
            let names = [component, event.string("reportingComponent"), event.string("reportingController")]
            return .string(names.first { !$0.isEmpty } ?? "")
        }.wide,
        TableColumn(name: "Message") { event, _ in
            .string((event["message"] ?? event["note"])?.stringValue ?? "")
        },
        TableColumn(name: "Count") { event, _ in event["count"] ?? event[path: "series", "count"] ?? 1 }.wide,
    ]
}
