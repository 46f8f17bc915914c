/// Names of objects. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
public enum NameSyntax {
    /// A DNS label (RFC 1123): what most names inside a pod are.
    public static func isLabel(_ text: String) -> Bool {
        text.utf8.count <= 63 && isUnboundedLabel(text[...])
    }

    /// DNS labels joined by dots (RFC 1123), 253 characters in all: what most objects are named by.
    public static func isSubdomain(_ text: String) -> Bool { isSubdomain(text[...]) }

    static func isSubdomain(_ text: Substring) -> Bool {
        guard text.utf8.count <= 253 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isUnboundedLabel($0) }
    }

    private static func isUnboundedLabel(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return first.isLowercaseAlphanumeric && last.isLowercaseAlphanumeric
            && text.utf8.allSatisfy { $0.isLowercaseAlphanumeric || $0 == UInt8(ascii: "-") }
    }
}

extension UInt8 {
    var isLowercaseAlphanumeric: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    var isAlphanumeric: Bool { isLowercaseAlphanumeric || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
}
