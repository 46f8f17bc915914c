import JSON
import SpiceTypes

extension ConversionUnit {
    /// v1alpha1 tells an error of certificates or reconciliation as a text beside the conditions that tell it in v2. A text that no
    /// condition says is only remembered: conditions have reasons and times, which cannot be made up.
    static let error = ConversionUnit(
        name: "error", older: ["error", "conditions"], newer: ["conditions"],
        up: { older in
            older.filter { $0.key == "conditions" }
        },
        down: { newer in
            var older = newer
            older["error"] = error(in: newer["conditions"])
            return older
        })

    private static func error(in conditions: JSONValue?) -> JSONValue? {
        for type in ["Ready", "CertificatesReady"] {
            let condition = conditions?.arrayValue?.first { $0["type"]?.stringValue == type }
            guard let condition, condition["status"] == "False", let reason = condition["reason"]?.stringValue,
                SpicepodClusterStatus.errorReasons.contains(reason), case .string(let message)? = condition["message"]
            else { continue }
            return .string(message)
        }
        return nil
    }
}
