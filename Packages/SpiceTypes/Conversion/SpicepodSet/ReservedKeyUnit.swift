import JSON
import SpiceTypes

extension ConversionUnit {
    /// v1 strips keys that are the operator's own from `spec.labels` and `spec.annotations`; v2 refuses them.
    static let reservedKeys = ConversionUnit(
        name: "keys", older: ["labels", "annotations"], newer: ["labels", "annotations"],
        up: { $0.mapValues(withoutReserved) }, down: { $0 })

    private static func withoutReserved(_ keys: JSONValue) -> JSONValue {
        keys.objectValue.map { .object($0.filter { !ReservedKey.contains($0.key) }) } ?? keys
    }
}
