import JSON

/// Events are stored once, as core/v1; events.k8s.io/v1 is another view of the same fields.
enum EventViews {
    private static let names = [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"),
        ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ]

    static func regarding(fromCore event: JSONValue) -> JSONValue {
        var result = event
        result["apiVersion"] = "events.k8s.io/v1"
        for (core, regarding) in names {
            result[core] = nil
            result[regarding] = event[core]
        }
        return result
    }

    static func core(fromRegarding event: JSONValue) -> JSONValue {
        var result = event
        result["apiVersion"] = "v1"
        for (core, regarding) in names {
            result[regarding] = nil
            result[core] = event[regarding]
        }
        if result["source"] == nil { result["source"] = [:] }
        return result
    }
}
