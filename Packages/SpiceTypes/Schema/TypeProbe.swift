import JSON
import KubernetesModel

/// What a `Decodable` struct asks its decoder for: its members, their types and which it can do without.
///
/// Running `init(from:)` against a decoder that only takes notes gives the structure that the compiler synthesised, so a
/// schema can never differ from what the services really read.
struct TypeProbe {
    struct Member {
        var name: String
        var type: any Decodable.Type
        var isOptional: Bool
    }

    /// - Throws: where the type is no plain struct of members.
    static func members(of type: any Decodable.Type) throws -> [Member] {
        let notes = Notes()
        _ = try type.init(from: NotingDecoder(notes: notes))
        return notes.members
    }
}

/// Arrays and dictionaries, told apart from other generics at run time.
protocol CollectionSchema {
    static var elementType: any Decodable.Type { get }
    static var isMap: Bool { get }
    init()
}

extension Array: CollectionSchema where Element: Decodable {
    static var elementType: any Decodable.Type { Element.self }
    static var isMap: Bool { false }
}

extension Dictionary: CollectionSchema where Key == String, Value: Decodable {
    static var elementType: any Decodable.Type { Value.self }
    static var isMap: Bool { true }
}

extension JSONError {
    static func unsupported(_ what: String) -> JSONError {
        JSONError(.mismatch, "no schema for \(what): use a struct, an enum of strings, an array or a dictionary")
    }
}

private final class Notes {
    var members: [TypeProbe.Member] = []
}

private struct NotingDecoder: Decoder {
    let notes: Notes
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(NotingContainer<Key>(notes: notes))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw JSONError.unsupported("a type that reads an array") }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw JSONError.unsupported("a type of one value") }
}

private struct NotingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let notes: Notes
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    private func note(_ key: Key, _ type: any Decodable.Type, optional: Bool) {
        notes.members.append(.init(name: key.stringValue, type: type, isOptional: optional))
    }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { true }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        note(key, type, optional: false)
        return try sample(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        note(key, type, optional: true)
        return nil
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        note(key, type, optional: true)
        return nil
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        note(key, type, optional: true)
        return nil
    }

    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
        note(key, type, optional: true)
        return nil
    }

    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        note(key, type, optional: true)
        return nil
    }

    /// Some value of a required member, so that the initialiser goes on.
    private func sample<T: Decodable>(_ type: T.Type) throws -> T {
        let samples: [Any] = [
            "", false, Int32(0), Int64(0), JSONValue.null, Quantity("0"), IntOrString.int(0), Timestamp(unixSeconds: 0),
        ]
        for sample in samples {
            if let value = sample as? T { return value }
        }
        if let collection = type as? any CollectionSchema.Type, let value = collection.init() as? T { return value }
        if let first = StringEnum.values(of: type)?.first, let value = try? JSONTreeDecoder().decode(type, from: .string(first)) {
            return value
        }
        return try T(from: NotingDecoder(notes: Notes()))
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decodeAny(type, key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decodeAny(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decodeAny(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decodeAny(type, key) }

    private func decodeAny<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
        note(key, type, optional: false)
        return try sample(type)
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<NestedKey>
    {
        throw JSONError.unsupported("a nested container")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw JSONError.unsupported("a nested container")
    }

    func superDecoder() throws -> any Decoder { throw JSONError.unsupported("a class") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw JSONError.unsupported("a class") }
}

enum StringEnum {
    /// The raw values of an enum of strings; nil for every other type.
    static func values(of type: any Any.Type) -> [String]? {
        guard let cases = type as? any CaseIterable.Type else { return nil }
        return rawValues(of: cases)
    }

    private static func rawValues<T: CaseIterable>(of type: T.Type) -> [String]? {
        let values = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        return values.isEmpty ? nil : values
    }
}
