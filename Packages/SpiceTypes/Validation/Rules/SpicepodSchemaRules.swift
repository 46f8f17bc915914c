/// The schemas are data: `Packages/SpiceTypes/Spicepod/Schemas`, one for each `version:`.
extension Rule {
    static let spicepodSchema = Rule.error(
        "spicepod-schema", "The Spicepod is of the schema of its version: required fields, types, allowed words."
    ) { subject, report in report.add(.schema, of: subject.spicepod) }

    /// The runtime's loader refuses both.
    static let spicepodNames = Rule.error(
        "spicepod-names",
        "Names of the Spicepod's components are unique by kind, and no dataset has a reserved word of SQL for a name."
    ) { subject, report in report.add(.names, of: subject.spicepod) }

    /// A newer runtime may know it; an older one may ignore or refuse it.
    static let spicepodUnknownKey = Rule.warning(
        "spicepod-unknown-key", "The Spicepod has no keys that the schema of its version does not know."
    ) { subject, report in report.add(.unknownKey, of: subject.spicepod) }

    static let spicepodDeprecatedKey = Rule.warning(
        "spicepod-deprecated-key", "The Spicepod has no keys that are about to go."
    ) { subject, report in report.add(.deprecatedKey, of: subject.spicepod) }
}
