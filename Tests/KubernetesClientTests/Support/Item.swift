import JSON
import KubernetesModel

@testable import KubernetesClient

/// What the tests keep of an object.
struct Item: JSONScannable, Sendable, Hashable {
    var name = ""
    var value = ""

    init(_ name: String, _ value: String = "") {
        self.name = name
        self.value = value
    }

    init(scanning scanner: inout JSONScanner) throws {
        try scanner.forEachKey { key, scanner in
            switch key {
            case "metadata":
                try scanner.forEachKey { key, scanner in
                    if "name" ~= key { name = try scanner.string() } else { try scanner.skip() }
                }
            case "value": value = try scanner.string()
            default: try scanner.skip()
            }
        }
    }

    static func json(_ name: String, _ version: Int, _ value: String = "") -> String {
        #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\#(name)","resourceVersion":"\#(version)"},"value":"\#(value)"}"#
    }

    /// One line of a watch.
    static func event(_ type: String, _ name: String, _ version: Int, _ value: String = "") -> String {
        #"{"type":"\#(type)","object":\#(json(name, version, value))}"# + "\n"
    }

    static func bookmark(_ version: Int) -> String {
        #"{"type":"BOOKMARK","object":{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"\#(version)"}}}"# + "\n"
    }

    static func error(_ code: Int, _ reason: String) -> String {
        #"{"type":"ERROR","object":\#(status(code, reason))}"# + "\n"
    }

    static func status(_ code: Int, _ reason: String, _ message: String = "no", extra: String = "") -> String {
        #"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"\#(message)","reason":"\#(reason)","code":\#(code)\#(extra)}"#
    }

    static func list(_ version: Int, _ items: [String] = [], continue token: String = "") -> String {
        let metadata = #"{"resourceVersion":"\#(version)","continue":"\#(token)"}"#
        return #"{"kind":"PodList","apiVersion":"v1","metadata":\#(metadata),"items":[\#(items.joined(separator: ","))]}"#
    }
}

/// The events of a reflector in a form that compares.
enum Seen: Hashable, Sendable {
    case start, done(String), bookmark(String), trouble(APIError.Code)
    case initial(String), applied(String, String), deleted(String)

    init(_ event: ReflectorEvent<Item>) {
        self =
            switch event {
            case .initialStart: .start
            case .initial(let item): .initial(item.name)
            case .initialDone(let version): .done(version)
            case .applied(let item): .applied(item.name, item.value)
            case .deleted(let item): .deleted(item.name)
            case .bookmark(let version): .bookmark(version)
            case .trouble(let error, _): .trouble(error.code)
            }
    }
}

/// A reflector of pods that runs against a transport until the test lets go of it.
@discardableResult
func reflecting<Result>(
    _ transport: any HTTPTransport, time: ManualTime = ManualTime(),
    configuration: ReflectorConfiguration = ReflectorConfiguration(),
    observer: (any ReflectorObserver)? = nil, sink: (@Sendable (Seen) async -> Void)? = nil,
    _ body: (Recorder<Seen>) async throws -> Result
) async throws -> Result {
    var client = KubernetesClient(transport: transport, fieldManager: "test", userAgent: "test")
    client.time = time.source
    let reflector = Reflector<Item>(
        client: client, resource: .pods, namespace: "default", configuration: configuration, observer: observer)
    let recorder = Recorder<Seen>()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try await reflector.run { event in
                recorder.record(Seen(event))
                await sink?(Seen(event))
            }
        }
        let result = try await body(recorder)
        group.cancelAll()
        return result
    }
}
