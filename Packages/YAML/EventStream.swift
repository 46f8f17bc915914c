import CYAML

/// libyaml's parser as a pull stream of Swift values. Owns its copy of the input, which libyaml reads in place.
struct EventStream: ~Copyable {
    struct Scalar {
        var text: String
        /// Written without quotes and not as a block: only then do its characters decide its type.
        var plain: Bool
    }

    enum Kind {
        case streamStart, streamEnd, documentStart, documentEnd, sequenceEnd, mappingEnd
        case alias(String)
        case scalar(Scalar)
        case sequenceStart
        case mappingStart
    }

    struct Event {
        var kind: Kind
        var anchor: String?
        var tag: String?
        var line: Int
        var column: Int

        func error(_ code: YAMLError.Code, _ message: String) -> YAMLError {
            YAMLError(code, message, line: line, column: column)
        }
    }

    // On the heap: libyaml keeps a pointer from the parser to itself.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ text: String) throws(YAMLError) {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(.syntax, "out of memory", line: 1, column: 1)
        }
        let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = input.initialize(fromContentsOf: Array(text.utf8))
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        self.parser = parser
        self.input = input
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    mutating func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return Self.convert(event)
    }

    private static func convert(_ event: yaml_event_t) -> Event {
        var result = Event(
            kind: .streamEnd, anchor: nil, tag: nil,
            line: Int(clamping: event.start_mark.line) + 1, column: Int(clamping: event.start_mark.column) + 1)
        switch event.type {
        case YAML_STREAM_START_EVENT: result.kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
        case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
        case YAML_ALIAS_EVENT:
            result.kind = .alias(string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: Int(clamping: scalar.length))
            result.kind = .scalar(
                Scalar(text: String(decoding: bytes, as: UTF8.self), plain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
            result.anchor = string(scalar.anchor)
            result.tag = string(scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            result.kind = .sequenceStart
            result.anchor = string(event.data.sequence_start.anchor)
            result.tag = string(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            result.kind = .mappingStart
            result.anchor = string(event.data.mapping_start.anchor)
            result.tag = string(event.data.mapping_start.tag)
        default: break
        }
        return result
    }

    private static func string(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func failure() -> YAMLError {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "not YAML"
        let message = parser.pointee.context.map { "\(String(cString: $0)): \(problem)" } ?? problem
        guard parser.pointee.error == YAML_READER_ERROR else {
            let mark = parser.pointee.problem_mark
            return YAMLError(.syntax, message, line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
        }
        // The reader (bad characters) knows only a byte offset.
        let before = Array(input.prefix(Int(clamping: parser.pointee.problem_offset)))
        let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let column = String(decoding: lines.last ?? [], as: UTF8.self).unicodeScalars.count + 1
        return YAMLError(.syntax, message, line: lines.count, column: column)
    }
}
