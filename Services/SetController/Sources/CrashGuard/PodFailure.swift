import JSON

/// How a pod failed, as it can be told to a person.
struct PodFailure: Codable, Sendable, Hashable {
    var pod: String
    /// The kubelet's word.
    var reason: String
    var exitCode: Int64?
    var message: String

    /// `pod demo-0-0: exit code 1 (Error): no such bucket`
    var text: String {
        let what = exitCode.map { reason.isEmpty ? "exit code \($0)" : "exit code \($0) (\(reason))" } ?? reason
        return (["pod \(pod)", what, message].filter { !$0.isEmpty }).joined(separator: ": ")
    }

    /// What a container says at its end can be anything: one line, not a long one.
    static func line(_ text: String) -> String {
        let limit = 300
        let words = text.prefix(4 * limit).split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 0x20 } }
        let line = words.joined(separator: " ")
        return line.count <= limit ? line : line.prefix(limit - 1) + "…"
    }
}

extension ObservedPod {
    /// Phase Failed or Succeeded: the containers of a set's pods are to run for ever.
    var isDead: Bool { phase == "Failed" || phase == "Succeeded" }

    /// What is known of why it fails.
    var failure: PodFailure? {
        guard isDead || trouble != nil || end != nil else { return nil }
        let reasons = [isDead ? verdict?.reason : nil, end?.reason, trouble?.reason, phase]
        let messages = [isDead ? verdict?.message : nil, end?.message, end == nil ? trouble?.message : nil]
        func first(_ texts: [String?]) -> String { texts.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? "" }
        return PodFailure(pod: name, reason: first(reasons), exitCode: end?.exitCode, message: PodFailure.line(first(messages)))
    }
}
