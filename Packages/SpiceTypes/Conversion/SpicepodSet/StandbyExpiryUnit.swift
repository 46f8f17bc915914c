import JSON
import KubernetesModel

extension ConversionUnit {
    /// When the standby goes: seconds since 1970 in v1, RFC 3339 in v2.
    static let standbyExpiresAt = ConversionUnit(
        name: "standbyExpiresAt", older: ["standbyExpiresAt"], newer: ["standbyExpiresAt"],
        up: { older in
            guard let instant = instant(older["standbyExpiresAt"]) else { return [:] }
            return ["standbyExpiresAt": .string(instant.text)]
        },
        down: { newer in
            guard let instant = instant(newer["standbyExpiresAt"]) else { return [:] }
            return ["standbyExpiresAt": .int(instant.unixSeconds)]
        })

    /// The instant in either notation; nil for what has no place in both, which is only remembered.
    private static func instant(_ value: JSONValue?) -> Timestamp? {
        let instant: Timestamp? =
            switch value {
            case .int(let seconds): Timestamp(unixSeconds: seconds)
            case .string(let text): Timestamp(text)
            default: nil
            }
        // RFC 3339 ends with the year 9999
        guard let instant, (0...253_402_300_799).contains(instant.unixSeconds) else { return nil }
        return instant.wholeSeconds
    }
}
