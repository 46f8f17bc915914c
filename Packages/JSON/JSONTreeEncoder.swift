/// Encodes `Encodable` types into a tree; nil members are left out, as Kubernetes' `omitempty` does.
public struct JSONTreeEncoder: Sendable {
    public init() {}

    /// - Throws: `JSONError` when a value cannot be told in JSON.
    public func encode<T: Encodable>(_ value: T) throws(JSONError) -> JSONValue {
        do {
            return try TreeEncoding.tree(of: value, codingPath: [])
        } catch let error as JSONError {
            throw error
        } catch {
            throw JSONError(.mismatch, "\(error)")
        }
    }
}

/// Where a container leaves what was encoded; shared by an encoder and the containers it hands out.
private final class Slot {
    enum Content {
        case value(JSONValue)
        case object([(String, Slot)])
        case array([Slot])
    }

    var content: Content?

    var tree: JSONValue {
        switch content {
        case nil: .object([:])
        case .value(let value): value
        case .object(let members): .object(Dictionary(members.map { ($0, $1.tree) }, uniquingKeysWith: { _, last in last }))
        case .array(let elements): .array(elements.map(\.tree))
        }
    }

    func member(_ key: String) -> Slot {
        let slot = Slot()
        if case .object(var members) = content {
            content = nil
            members.append((key, slot))
            content = .object(members)
        } else {
            content = .object([(key, slot)])
        }
        return slot
    }

    func element() -> Slot {
        let slot = Slot()
        if case .array(var elements) = content {
            content = nil
            elements.append(slot)
            content = .array(elements)
        } else {
            content = .array([slot])
        }
        return slot
    }
}

private struct TreeEncoding: Encoder, SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func tree<T: Encodable>(of value: T, codingPath: [any CodingKey]) throws -> JSONValue {
        if let tree = value as? JSONValue { return tree }
        let slot = Slot()
        try value.encode(to: TreeEncoding(slot: slot, codingPath: codingPath))
        return slot.tree
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if slot.content == nil { slot.content = .object([]) }
        return KeyedEncodingContainer(KeyedEncoding<Key>(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if slot.content == nil { slot.content = .array([]) }
        return UnkeyedEncoding(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { slot.content = .value(.null) }
    func encode(_ value: Bool) { slot.content = .value(.bool(value)) }
    func encode(_ value: String) { slot.content = .value(.string(value)) }
    func encode(_ value: Double) { slot.content = .value(.double(value)) }
    func encode(_ value: Float) { slot.content = .value(.double(Double(value))) }
    func encode(_ value: Int) { slot.content = .value(.int(Int64(value))) }
    func encode(_ value: Int8) { slot.content = .value(.int(Int64(value))) }
    func encode(_ value: Int16) { slot.content = .value(.int(Int64(value))) }
    func encode(_ value: Int32) { slot.content = .value(.int(Int64(value))) }
    func encode(_ value: Int64) { slot.content = .value(.int(value)) }
    func encode(_ value: UInt) throws { try encode(UInt64(value)) }
    func encode(_ value: UInt8) { slot.content = .value(.int(Int64(value))) }
    func encode(_ value: UInt16) { slot.content = .value(.int(Int64(value))) }
    func encode(_ value: UInt32) { slot.content = .value(.int(Int64(value))) }

    func encode(_ value: UInt64) throws {
        guard let number = Int64(exactly: value) else {
            throw JSONError(.mismatch, "\(value) does not fit a signed 64-bit integer")
        }
        slot.content = .value(.int(number))
    }

    func encode<T: Encodable>(_ value: T) throws {
        if let tree = value as? JSONValue {
            slot.content = .value(tree)
        } else {
            try value.encode(to: self)
        }
    }
}

private struct KeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let codingPath: [any CodingKey]

    private func member(_ key: some CodingKey) -> TreeEncoding {
        TreeEncoding(slot: slot.member(key.stringValue), codingPath: codingPath + [key])
    }

    func encodeNil(forKey key: Key) throws { member(key).encodeNil() }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try member(key).encode(value) }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) -> KeyedEncodingContainer<NestedKey> {
        member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { member(TreeKey(stringValue: "super")) }
    func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

private struct UnkeyedEncoding: UnkeyedEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]

    var count: Int {
        if case .array(let elements) = slot.content { elements.count } else { 0 }
    }

    private func element() -> TreeEncoding {
        TreeEncoding(slot: slot.element(), codingPath: codingPath + [TreeKey(intValue: count)])
    }

    func encodeNil() throws { element().encodeNil() }
    func encode<T: Encodable>(_ value: T) throws { try element().encode(value) }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        element().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { element().unkeyedContainer() }
    func superEncoder() -> any Encoder { element() }
}
