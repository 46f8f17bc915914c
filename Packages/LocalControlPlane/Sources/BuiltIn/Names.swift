import JSON
import KubernetesSchema

/// The naming rules of apimachinery's validation, with its messages.
enum Names {
    static func isLabel1123(_ text: String) -> Bool { isLabel(text, limit: 63) }

    static func isSubdomain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
                isLabel(String($0), limit: 253)
            }
    }

    private static func isLabel(_ text: String, limit: Int) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= limit else { return false }
        func isLetter(_ byte: UInt8) -> Bool { byte >= 97 && byte <= 122 }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
        guard isLetter(first) || isDigit(first), isLetter(last) || isDigit(last) else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// A name part of a qualified name, or a label's value: letters, digits, `-_.`, at most 63.
    private static func isPart(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57)
        }
        guard let first = bytes.first, let last = bytes.last, isAlphanumeric(first), isAlphanumeric(last) else { return false }
        return bytes.allSatisfy { isAlphanumeric($0) || [45, 95, 46].contains($0) }
    }

    static func subdomainErrors(_ name: String, _ field: String) -> [FieldError] {
        if name.utf8.count > 253 { return [.invalid(field, .string(name), "must be no more than 253 bytes")] }
        return isSubdomain(name) ? [] : [.invalid(field, .string(name), subdomainRule)]
    }

    static func labelErrors(_ name: String, _ field: String) -> [FieldError] {
        if name.utf8.count > 63 { return [.invalid(field, .string(name), "must be no more than 63 bytes")] }
        return isLabel1123(name) ? [] : [.invalid(field, .string(name), labelRule)]
    }

    static func qualifiedNameErrors(_ key: String, _ field: String) -> [FieldError] {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var errors: [FieldError] = []
        if parts.count == 2, !isSubdomain(String(parts[0])) {
            errors.append(.invalid(field, .string(key), "prefix part \(subdomainRule)"))
        }
        let name = parts.last ?? ""
        if name.isEmpty { errors.append(.invalid(field, .string(key), "name part must be non-empty")) }
        if name.utf8.count > 63 { errors.append(.invalid(field, .string(key), "name part must be no more than 63 bytes")) }
        if !isPart(name) { errors.append(.invalid(field, .string(key), "name part \(nameRule)")) }
        return errors
    }

    static func labelValueErrors(_ value: String, _ field: String) -> [FieldError] {
        if value.utf8.count > 63 { return [.invalid(field, .string(value), "must be no more than 63 bytes")] }
        return value.isEmpty || isPart(Substring(value)) ? [] : [.invalid(field, .string(value), valueRule)]
    }

    private static let subdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
    private static let labelRule =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    private static let nameRule =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  "
        + "or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
    private static let valueRule =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
}
