import JSON

/// An integer or decimal in the schema's notations. Integers beyond 64 bits become doubles, as in JSON.
func resolveNumber(_ text: String, _ schema: YAMLSchema) -> JSONValue? {
    guard let first = text.utf8.first, isDigit(first) || isSign(first) || first == UInt8(ascii: ".") else { return nil }
    let underscores = schema == .kubernetes && first != UInt8(ascii: ".")
    let clean = underscores ? text.utf8.filter { $0 != UInt8(ascii: "_") } : Array(text.utf8)
    let negative = clean.first == UInt8(ascii: "-")
    let body = clean.drop { isSign($0) }
    guard clean.count - body.count <= 1 else { return nil }

    let leadingZero = body.count > 1 && body.first == UInt8(ascii: "0")
    if let prefix = body.dropFirst().first, leadingZero, let radix = radix(prefix) {
        return magnitude(body.dropFirst(2), radix: radix).map { integer(negative, $0) }
    }
    if leadingZero, schema == .core, body.allSatisfy(isDigit) { return nil }
    if leadingZero, schema == .kubernetes, let octal = magnitude(body, radix: 8) { return integer(negative, octal) }
    if let decimal = magnitude(body, radix: 10) { return integer(negative, decimal) }
    guard isDecimal(body), let value = Double(String(decoding: clean, as: UTF8.self)), value.isFinite else { return nil }
    return .double(value)
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }

private func radix(_ letter: UInt8) -> UInt64? {
    switch letter | 0x20 {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
}

private func magnitude(_ digits: ArraySlice<UInt8>, radix: UInt64) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var result: UInt64 = 0
    for byte in digits {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
        default: return nil
        }
        guard UInt64(digit) < radix else { return nil }
        let (scaled, overflow) = result.multipliedReportingOverflow(by: radix)
        let (sum, carry) = scaled.addingReportingOverflow(UInt64(digit))
        guard !overflow, !carry else { return nil }
        result = sum
    }
    return result
}

private func integer(_ negative: Bool, _ magnitude: UInt64) -> JSONValue {
    guard magnitude <= UInt64(Int64.max) else {
        return negative && magnitude == Int64.min.magnitude
            ? .int(.min) : .double(negative ? -Double(magnitude) : Double(magnitude))
    }
    return .int(negative ? -Int64(magnitude) : Int64(magnitude))
}

/// `12`, `12.`, `.5`, `1.5e-3`: a mantissa with at least one digit and an optional exponent.
private func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    let whole = rest.prefix(while: isDigit).count
    rest = rest.dropFirst(whole)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        fraction = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(fraction)
    }
    guard whole + fraction > 0 else { return false }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    rest = rest.dropFirst()
    if let sign = rest.first, isSign(sign) { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy(isDigit)
}
