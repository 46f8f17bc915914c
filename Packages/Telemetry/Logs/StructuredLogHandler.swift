public import Logging

public enum LogFormat: String, Sendable, CaseIterable {
    case json, text
}

/// Writes each event as one line: a constant message and fields.
public struct StructuredLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogFormat
    private let level: LogLevel
    private let output: LogOutput
    private let now: @Sendable () -> LogTime
    private var ownLevel: Logger.Level?

    public init(
        label: String, format: LogFormat, level: LogLevel, output: LogOutput = .standardError,
        metadataProvider: Logger.MetadataProvider? = nil, now: @escaping @Sendable () -> LogTime = LogTime.now
    ) {
        self.label = label
        self.format = format
        self.level = level
        self.output = output
        self.metadataProvider = metadataProvider
        self.now = now
    }

    /// The shared level until somebody sets this logger's own.
    public var logLevel: Logger.Level {
        get { ownLevel ?? level.current }
        set { ownLevel = newValue }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let line = LogLine(
            time: now(), level: event.level, logger: label, message: event.message.description, fields: fields(of: event))
        output.write(format == .json ? line.json() : line.text())
    }

    /// Sorted by name. The event's own fields win over the task's, those over the logger's.
    private func fields(of event: LogEvent) -> [(String, Logger.MetadataValue)] {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { _, new in new } }
        if let own = event.metadata { fields.merge(own) { _, new in new } }
        if let error = event.error { fields["error"] = .string("\(error)") }
        return fields.sorted { $0.key < $1.key }
    }
}
