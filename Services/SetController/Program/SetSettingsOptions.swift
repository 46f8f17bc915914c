public import ArgumentParser
public import SetController
import SpiceAdmission
public import SpiceValidation

/// The flags that say how sets become objects.
public struct SetSettingsOptions: ParsableArguments, Sendable {
    @Option(
        name: .customLong("admission-policy"),
        help:
            "What becomes of invalid sets that do not say it in spice.ai/validation-level: refused, admitted with warnings, admitted."
    )
    public var admissionPolicy = ValidationLevel.err

    @Option(
        name: .customLong("telemetry-properties"),
        help: ArgumentHelp(
            "Added to every Spicepod's runtime.telemetry.properties; its own keys win. May be repeated.", valueName: "key=value"),
        transform: TelemetryProperty.init(parsing:))
    var telemetryProperties: [TelemetryProperty] = []

    @Flag(
        name: .customLong("adaptive-deployment"), inversion: .prefixedNo, exclusivity: .chooseLast,
        help: "Run sets of one replica without volumes, BlueGreen or standby in a Deployment instead of a StatefulSet.")
    var adaptiveDeployment = false

    @Option(
        name: .customLong("pause-crashlooping-pods-threshold"),
        help: ArgumentHelp("Failures of its pods beyond which a version is stopped; 0 switches that off.", valueName: "count"))
    var crashloopThreshold = 10

    public init() {}

    public func validate() throws {
        guard crashloopThreshold >= 0 else {
            throw ValidationError(
                "--pause-crashlooping-pods-threshold: \(crashloopThreshold) is out of range, use 0 or more; 0 switches it off")
        }
    }

    /// Flags without a value.
    public static let switches = ["adaptive-deployment"]

    public func settings(clusterDomain: String) -> Settings {
        Settings(
            clusterDomain: clusterDomain,
            telemetryProperties: Dictionary(telemetryProperties.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last }),
            crashloopThreshold: crashloopThreshold, adaptiveDeployment: adaptiveDeployment,
            admissionPolicy: admissionPolicy)
    }
}

struct TelemetryProperty: Sendable {
    var key: String
    var value: String

    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw ValidationError("--telemetry-properties: '\(text)' is no property, write it like environment=production")
        }
        (key, value) = (String(parts[0]), String(parts[1]))
    }
}
