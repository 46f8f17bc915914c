extension JSONScanner {
    public mutating func int64() throws -> Int64 {
        skipSpace()
        let start = position
        guard let value = try number().intValue else {
            position = start
            throw JSONError(.mismatch, offset: start, "expected an integer")
        }
        return value
    }

    public mutating func double() throws -> Double {
        try number().doubleValue ?? 0
    }

    /// Consumes a number: `.int`, or `.double` where it has a fraction or exponent or does not fit.
    @usableFromInline
    mutating func number() throws -> JSONValue {
        skipSpace()
        let start = position
        let isInteger = try skipNumber()
        if isInteger, let value = integer(start, position) { return .int(value) }
        let text = String(decoding: UnsafeBufferPointer(start: bytes + start, count: position - start), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw JSONError(.syntax, offset: start, "the number \(text.prefix(40)) is out of range")
        }
        return .double(value)
    }

    /// Consumes a number, validating it; returns whether it has neither fraction nor exponent.
    @usableFromInline
    mutating func skipNumber() throws -> Bool {
        var isInteger = true
        if current == UInt8(ascii: "-") {
            position += 1
        } else {
            guard isDigit else { throw mismatch("a number") }
        }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        return isInteger
    }

    private var isDigit: Bool { current >= UInt8(ascii: "0") && current <= UInt8(ascii: "9") }

    private mutating func skipDigits() throws {
        guard isDigit else { throw syntax("expected a digit") }
        while isDigit { position += 1 }
    }

    /// The integer of a validated range; nil when it does not fit 64 bits.
    private func integer(_ start: Int, _ stop: Int) -> Int64? {
        let negative = bytes[start] == UInt8(ascii: "-")
        var value: Int64 = 0
        for index in (negative ? start + 1 : start)..<stop {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(bytes[index] - UInt8(ascii: "0"))
            let (next, overflow2) = product.addingReportingOverflow(negative ? -digit : digit)
            if overflow || overflow2 { return nil }
            value = next
        }
        return value
    }
}
