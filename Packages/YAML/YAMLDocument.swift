public import JSON

/// A document and where its fields stand.
public struct YAMLDocument: Sendable {
    public var value: JSONValue
    /// Of its first value; counted from 1.
    public var line: Int
    /// By path, as in `spec.datasets[2].name`.
    fileprivate var lines: [String: Int]

    init(value: JSONValue, line: Int, lines: [String: Int]) {
        self.value = value
        self.line = line
        self.lines = lines
    }

    /// The line of a field, or of the nearest one around it: what is missing has none of its own.
    public func line(of path: String) -> Int {
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[String(path)] { return line }
            path = path.lastIndex { $0 == "." || $0 == "[" }.map { path[..<$0] } ?? ""
        }
        return line
    }
}

/// The way to the value being read, and the lines of those read so far.
struct FieldLines {
    private var path: [String] = []
    private var lines: [String: Int] = [:]

    mutating func enter(_ step: String, line: Int) {
        let parent = path.last ?? ""
        let here = parent.isEmpty || step.hasPrefix("[") ? parent + step : "\(parent).\(step)"
        path.append(here)
        lines[here] = line
    }

    mutating func leave() { path.removeLast() }

    mutating func take() -> [String: Int] {
        defer { lines = [:] }
        return lines
    }
}
