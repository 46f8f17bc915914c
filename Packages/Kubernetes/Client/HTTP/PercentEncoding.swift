/// RFC 3986 percent-encoding.
enum PercentEncoding {
    /// Encodes what may not stand in a path; `/` stays.
    static func path(_ text: String) -> String {
        encode(text, keeping: "/:@!$&'()*+,;=")
    }

    /// Encodes all but the unreserved characters: right for the names and values of a query under every reading of it.
    static func component(_ text: String) -> String {
        encode(text, keeping: "")
    }

    private static func encode(_ text: String, keeping extra: StaticString) -> String {
        let digits: StaticString = "0123456789ABCDEF"
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) || contains(extra, byte) {
                output.append(byte)
            } else {
                output.append(UInt8(ascii: "%"))
                output.append(digits.utf8Start[Int(byte >> 4)])
                output.append(digits.utf8Start[Int(byte & 15)])
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func contains(_ set: StaticString, _ byte: UInt8) -> Bool {
        for index in 0..<set.utf8CodeUnitCount where set.utf8Start[index] == byte { return true }
        return false
    }
}
