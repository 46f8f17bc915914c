import JSON

/// Builds trees from events: anchors, merge keys, limits.
struct Composer: ~Copyable {
    /// A finished node and what an alias to it costs.
    private struct Node {
        var value: JSONValue
        /// Nodes plus bytes of scalars.
        var weight: Int
        /// Nested collections inside, itself included.
        var height: Int
    }

    private typealias Event = EventStream.Event

    private var events: EventStream
    private let schema: YAMLSchema
    private let limits: YAMLLimits
    private var anchors: [String: Node] = [:]
    private var expansion = 0
    private var fieldLines: FieldLines?

    init(events: consuming EventStream, schema: YAMLSchema, limits: YAMLLimits, keepsLines: Bool) {
        self.events = events
        self.schema = schema
        self.limits = limits
        fieldLines = keepsLines ? FieldLines() : nil
    }

    mutating func documents() throws(YAMLError) -> [YAMLDocument] {
        var documents: [YAMLDocument] = []
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd: return documents
            case .documentStart:
                anchors.removeAll()
                let root = try events.next()
                let value = try node(root, depth: 0).value
                documents.append(YAMLDocument(value: value, line: root.line, lines: fieldLines?.take() ?? [:]))
            default: break
            }
        }
    }

    private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> Node {
        let node: Node
        switch event.kind {
        case .alias(let name): return try expand(name, event, depth: depth)
        case .scalar(let scalar):
            let value = try resolve(scalar, event)
            node = Node(value: value, weight: 1 + scalar.text.utf8.count, height: 0)
        case .sequenceStart: node = try sequence(event, depth: depth + 1)
        case .mappingStart: node = try mapping(event, depth: depth + 1)
        default: throw event.error(.syntax, "expected a value")
        }
        // Registered when finished: an anchor cannot be used inside its own node, so no tree is ever infinite.
        if let anchor = event.anchor { anchors[anchor] = node }
        return node
    }

    private mutating func expand(_ name: String, _ event: Event, depth: Int) throws(YAMLError) -> Node {
        guard let node = anchors[name] else {
            throw event.error(.alias, "alias *\(name) has no finished anchor before it")
        }
        expansion += node.weight
        guard expansion <= limits.aliasExpansion else {
            throw event.error(.alias, "aliases expand to more than \(limits.aliasExpansion) nodes and bytes")
        }
        try check(depth: depth + node.height, event)
        return node
    }

    private func check(depth: Int, _ event: Event) throws(YAMLError) {
        guard depth <= limits.depth else { throw event.error(.depth, "nested deeper than \(limits.depth) levels") }
    }

    private mutating func sequence(_ start: Event, depth: Int) throws(YAMLError) -> Node {
        try check(depth: depth, start)
        try check(tag: start, is: "seq")
        var result: [JSONValue] = []
        var weight = 1
        var height = 0
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { break }
            fieldLines?.enter("[\(result.count)]", line: event.line)
            let element = try node(event, depth: depth)
            fieldLines?.leave()
            result.append(element.value)
            weight += element.weight
            height = max(height, element.height)
        }
        return Node(value: .array(result), weight: weight, height: height + 1)
    }

    private mutating func mapping(_ start: Event, depth: Int) throws(YAMLError) -> Node {
        try check(depth: depth, start)
        try check(tag: start, is: "map")
        var result: [String: JSONValue] = [:]
        var lines: [String: Int] = [:]
        var merged: [String: JSONValue] = [:]
        var weight = 1
        var height = 0
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let merge = isMerge(event)
            let key = merge ? "<<" : try self.key(event, depth: depth)
            let valueEvent = try events.next()
            fieldLines?.enter(key, line: event.line)
            let value = try node(valueEvent, depth: depth)
            fieldLines?.leave()
            weight += 1 + key.utf8.count + value.weight
            height = max(height, value.height)
            if let line = lines.updateValue(event.line, forKey: key) {
                throw event.error(.duplicateKey, "key \"\(key)\" is already set on line \(line)")
            }
            if merge {
                try Self.merge(value.value, into: &merged, valueEvent)
            } else {
                result[key] = value.value
            }
        }
        // Keys of the mapping itself win over merged ones, wherever `<<` stands.
        result.merge(merged) { own, _ in own }
        return Node(value: .object(result), weight: weight, height: height + 1)
    }

    private func isMerge(_ event: Event) -> Bool {
        guard schema == .kubernetes, case .scalar(let scalar) = event.kind else { return false }
        return scalar.plain && scalar.text == "<<" && (event.tag == nil || event.tag == Tag.prefix + "merge")
    }

    private static func merge(_ value: JSONValue, into merged: inout [String: JSONValue], _ event: Event) throws(YAMLError) {
        switch value {
        case .object(let members): merged.merge(members) { earlier, _ in earlier }
        case .array(let elements):
            for element in elements {
                guard case .object(let members) = element else { throw event.error(.key, mergeProblem) }
                merged.merge(members) { earlier, _ in earlier }
            }
        default: throw event.error(.key, mergeProblem)
        }
    }

    private static let mergeProblem = "the merge key << takes a mapping or a list of mappings"

    private mutating func key(_ event: Event, depth: Int) throws(YAMLError) -> String {
        switch event.kind {
        case .scalar, .alias: break
        default: throw event.error(.key, "a mapping key must be a scalar")
        }
        switch try node(event, depth: depth).value {
        case .string(let text): return text
        // As sigs.k8s.io/yaml does: JSON has string keys only.
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value): return "\(value)"
        case .null, .array, .object: throw event.error(.key, "a mapping key must be a string, quote it")
        }
    }

    private func check(tag event: Event, is expected: String) throws(YAMLError) {
        guard let tag = event.tag, tag != "!", tag != Tag.prefix + expected else { return }
        throw event.error(.unsupported, "tag \(Tag.short(tag)) is not supported here")
    }

    private func resolve(_ scalar: EventStream.Scalar, _ event: Event) throws(YAMLError) -> JSONValue {
        do throws(ScalarProblem) {
            return try resolveScalar(scalar.text, plain: scalar.plain, tag: event.tag, schema: schema)
        } catch {
            throw event.error(.unsupported, error.message)
        }
    }
}
