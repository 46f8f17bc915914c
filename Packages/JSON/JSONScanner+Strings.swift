/// A member's name as it stands in the document. Valid only inside the closure it was passed to.
public struct JSONKey {
    @usableFromInline let raw: UnsafeBufferPointer<UInt8>
    /// The name with its escapes resolved, when it has any.
    @usableFromInline let unescaped: String?

    @usableFromInline
    init(raw: UnsafeBufferPointer<UInt8>, unescaped: String?) {
        self.raw = raw
        self.unescaped = unescaped
    }

    public var string: String { unescaped ?? String(decoding: raw, as: UTF8.self) }

    @inlinable
    public static func ~= (name: StaticString, key: JSONKey) -> Bool {
        if let unescaped = key.unescaped { return unescaped == name.description }
        let count = name.utf8CodeUnitCount
        guard key.raw.count == count else { return false }
        for index in 0..<count where key.raw[index] != name.utf8Start[index] { return false }
        return true
    }
}

extension JSONScanner {
    public mutating func string() throws -> String {
        skipSpace()
        guard current == UInt8(ascii: "\"") else { throw mismatch("a string") }
        let start = position + 1
        let escaped = try skipString()
        let raw = UnsafeBufferPointer(start: bytes + start, count: position - 1 - start)
        return escaped ? try unescape(raw, at: start) : String(decoding: raw, as: UTF8.self)
    }

    @usableFromInline
    mutating func key() throws -> JSONKey {
        guard current == UInt8(ascii: "\"") else { throw syntax("expected a member's name") }
        let start = position + 1
        let escaped = try skipString()
        let raw = UnsafeBufferPointer(start: bytes + start, count: position - 1 - start)
        return JSONKey(raw: raw, unescaped: escaped ? try unescape(raw, at: start) : nil)
    }

    /// Consumes a string, validating it; returns whether it has escapes.
    @usableFromInline
    mutating func skipString() throws -> Bool {
        let start = position + 1
        var index = start
        var escaped = false
        var ascii: UInt8 = 0
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                if ascii >= 0x80 { try validateUTF8(start, index) }
                return escaped
            }
            if byte == UInt8(ascii: "\\") {
                escaped = true
                index = try skipEscape(index)
                continue
            }
            guard byte >= 0x20 else {
                position = index
                throw syntax("control character in a string")
            }
            ascii |= byte
            index += 1
        }
        position = end
        throw syntax("unterminated string")
    }

    /// Validates the escape at `index`; returns the index after it.
    private mutating func skipEscape(_ index: Int) throws -> Int {
        position = index
        guard index + 1 < end else { throw JSONError(.syntax, offset: end, "unexpected end of the document") }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            let unit = try hexUnit(index)
            if unit & 0xFC00 == 0xD800 {
                guard index + 7 < end, bytes[index + 6] == UInt8(ascii: "\\"), bytes[index + 7] == UInt8(ascii: "u"),
                    try hexUnit(index + 6) & 0xFC00 == 0xDC00
                else { throw syntax("unpaired surrogate in a string") }
                return index + 12
            }
            guard unit & 0xFC00 != 0xDC00 else { throw syntax("unpaired surrogate in a string") }
            return index + 6
        default: throw syntax("unknown escape in a string")
        }
    }

    /// The code unit of the `\uXXXX` at `index`.
    private func hexUnit(_ index: Int) throws -> UInt32 {
        guard index + 5 < end else { throw JSONError(.syntax, offset: end, "unexpected end of the document") }
        var unit: UInt32 = 0
        for offset in 2...5 {
            guard let digit = Self.hexDigit(bytes[index + offset]) else {
                throw JSONError(.syntax, offset: index + offset, "expected four hexadecimal digits after \\u")
            }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    private func validateUTF8(_ start: Int, _ stop: Int) throws {
        let slice = UnsafeBufferPointer(start: bytes + start, count: stop - start)
        do {
            _ = try UTF8Span(validating: slice.span)
        } catch {
            throw JSONError(.syntax, offset: start, "invalid UTF-8 in a string")
        }
    }

    /// Resolves the escapes of a string that `skipString` has validated.
    private func unescape(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) throws -> String {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            guard raw[index] == UInt8(ascii: "\\") else {
                result.append(raw[index])
                index += 1
                continue
            }
            switch raw[index + 1] {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                var code = try hexUnit(start + index)
                if code & 0xFC00 == 0xD800 {
                    code = 0x10000 + ((code & 0x3FF) << 10) + (try hexUnit(start + index + 6) & 0x3FF)
                    index += 6
                }
                guard let scalar = Unicode.Scalar(code) else { throw JSONError(.syntax, offset: start + index, "not a character") }
                result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                index += 4
            default: result.append(raw[index + 1])
            }
            index += 2
        }
        return String(decoding: result, as: UTF8.self)
    }
}
