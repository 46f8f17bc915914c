import JSON

/// Reads the few protobuf bodies that kubectl's imperative commands send (`create namespace`, `create configmap`, `drain` …).
///
/// Field numbers are those of Kubernetes' generated.proto files. Kinds that are not listed are refused: kubectl sends those as JSON
/// from manifests.
enum ProtobufBody {
    private indirect enum Field: Sendable {
        case string, bytes, integer, boolean
        case message([UInt64: (name: String, field: Field)])
        case map(Field)
        case list(Field)
    }

    /// Of every envelope: `k8s\0`, then `runtime.Unknown`.
    static func isEnvelope(_ body: [UInt8]) -> Bool { body.starts(with: [0x6B, 0x38, 0x73, 0x00]) }

    /// Nil where the body is broken or its kind not known here.
    static func decode(_ body: [UInt8]) -> JSONValue? {
        guard isEnvelope(body), let envelope = message(body.dropFirst(4), unknown) else { return nil }
        let kind = envelope.string("typeMeta", "kind")
        guard let fields = kinds[kind], case .bytes(let raw)? = rawPayload(body.dropFirst(4)), var object = message(raw, fields)
        else {
            return nil
        }
        object["apiVersion"] = envelope["typeMeta", "apiVersion"]
        object["kind"] = .string(kind)
        return object
    }

    private static let unknown: [UInt64: (name: String, field: Field)] = [
        1: ("typeMeta", .message([1: ("apiVersion", .string), 2: ("kind", .string)]))
    ]

    private static let metadata: (name: String, field: Field) = (
        "metadata",
        .message([
            1: ("name", .string), 2: ("generateName", .string), 3: ("namespace", .string), 6: ("resourceVersion", .string),
            11: ("labels", .map(.string)), 12: ("annotations", .map(.string)), 14: ("finalizers", .list(.string)),
        ])
    )

    private static let deleteOptions: [UInt64: (name: String, field: Field)] = [
        1: ("gracePeriodSeconds", .integer),
        2: ("preconditions", .message([1: ("uid", .string), 2: ("resourceVersion", .string)])),
        4: ("propagationPolicy", .string),
    ]

    private static let kinds: [String: [UInt64: (name: String, field: Field)]] = [
        "Namespace": [1: metadata], "ServiceAccount": [1: metadata], "SelfSubjectAccessReview": [1: metadata],
        "ConfigMap": [1: metadata, 2: ("data", .map(.string)), 3: ("binaryData", .map(.bytes)), 4: ("immutable", .boolean)],
        "Secret": [
            1: metadata, 2: ("data", .map(.bytes)), 3: ("type", .string), 4: ("stringData", .map(.string)),
            5: ("immutable", .boolean),
        ],
        "Eviction": [1: metadata, 2: ("deleteOptions", .message(deleteOptions))], "DeleteOptions": deleteOptions,
        "TokenRequest": [
            1: metadata, 2: ("spec", .message([1: ("audiences", .list(.string)), 4: ("expirationSeconds", .integer)])),
        ],
    ]

    private enum Payload {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private static func rawPayload(_ bytes: ArraySlice<UInt8>) -> Payload? {
        var rest = bytes
        while let (number, payload) = next(&rest) {
            if number == 2 { return payload }
        }
        return Optional.none
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> (number: UInt64, payload: Payload)? {
        guard let tag = varint(&rest) else { return nil }
        switch tag & 7 {
        case 0: return varint(&rest).map { (tag >> 3, .number($0)) }
        case 2:
            guard let length = varint(&rest), length <= UInt64(rest.count) else { return nil }
            let bytes = rest.prefix(Int(length))
            rest.removeFirst(Int(length))
            return (tag >> 3, .bytes(bytes))
        default: return nil
        }
    }

    private static func message(_ bytes: ArraySlice<UInt8>, _ fields: [UInt64: (name: String, field: Field)]) -> JSONValue? {
        var result: JSONValue = [:]
        var rest = bytes
        while !rest.isEmpty {
            guard let (number, payload) = next(&rest) else { return nil }
            guard let (name, field) = fields[number] else { continue }
            switch (field, payload) {
            case (.map(let value), .bytes(let entry)):
                guard let pair = message(entry, [1: ("key", .string), 2: ("value", value)]) else { return nil }
                result[name, pair.string("key")] = pair["value"] ?? ""
            case (.list(let element), _):
                guard let item = scalar(element, payload) else { return nil }
                result[name] = .array(result.list(name) + [item])
            case (.message(let inner), .bytes(let body)):
                guard let value = message(body, inner) else { return nil }
                result[name] = value
            default:
                guard let value = scalar(field, payload) else { return nil }
                // Go writes empty strings; JSON leaves them out.
                if value != "" { result[name] = value }
            }
        }
        return result
    }

    private static func scalar(_ field: Field, _ payload: Payload) -> JSONValue? {
        switch (field, payload) {
        case (.string, .bytes(let bytes)): .string(String(decoding: bytes, as: UTF8.self))
        case (.bytes, .bytes(let bytes)): .string(Base64.encode(Array(bytes)))
        case (.integer, .number(let number)): .int(Int64(bitPattern: number))
        case (.boolean, .number(let number)): .bool(number != 0)
        default: Optional.none
        }
    }
}
