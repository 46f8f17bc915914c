import ArgumentParser
import JSON
import YAML

/// An object of a manifest, and where it stands: messages name file, line and field.
struct Manifest {
    let object: JSONValue
    private let file: String
    private let document: YAMLDocument
    /// Of an item of a List: `items[2]`.
    private let path: String

    var apiVersion: String { object["apiVersion"]?.stringValue ?? "" }
    var kind: String { object["kind"]?.stringValue ?? "" }
    var name: String { object[path: "metadata", "name"]?.stringValue ?? "" }

    /// `file:line` of a field.
    func place(of field: String = "") -> String {
        let whole = path.isEmpty || field.isEmpty ? path + field : "\(path).\(field)"
        return "\(file):\(document.line(of: whole))"
    }

    func failure(_ field: String, _ message: String) -> ManifestError {
        ManifestError(place: place(of: field), message: "\(field): \(message)")
    }

    /// The objects of files, folders and standard input (`-`): YAML with any number of documents or JSON; Lists are taken apart.
    /// - Throws: `ManifestError`, `TextFile.Failure`.
    static func read(_ paths: [String]) throws -> [Manifest] {
        try paths.flatMap(TextFile.manifests).flatMap { file in
            let name = file == "-" ? "standard input" : file
            return try documents(try TextFile.read(file), name).flatMap { try objects($0, name) }
        }
    }

    private static func documents(_ text: String, _ file: String) throws(ManifestError) -> [YAMLDocument] {
        do {
            return try YAML.locatedDocuments(text).filter { !$0.value.isNull }
        } catch {
            throw ManifestError(place: "\(file):\(error.line):\(error.column)", message: error.message)
        }
    }

    private static func objects(_ document: YAMLDocument, _ file: String) throws(ManifestError) -> [Manifest] {
        let whole = Manifest(object: document.value, file: file, document: document, path: "")
        guard document.value.objectValue != nil, !whole.apiVersion.isEmpty, !whole.kind.isEmpty else {
            throw ManifestError(place: whole.place(), message: "a manifest is an object with apiVersion and kind")
        }
        guard whole.kind.hasSuffix("List"), let items = document.value["items"]?.arrayValue else { return [whole] }
        return items.enumerated().map {
            Manifest(object: $0.element, file: file, document: document, path: "items[\($0.offset)]")
        }
    }
}

/// What is wrong with a manifest, and where.
struct ManifestError: Error, CustomStringConvertible {
    var place: String
    var message: String

    var description: String { "\(place): \(message)" }
}

/// Which manifests a command reads.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: [.customShort("f"), .long],
        help: ArgumentHelp(
            "A manifest or a folder of them, YAML or JSON; - reads standard input. May be repeated.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var filename: [String]

    /// - Throws: as `Manifest.read`, and where there is nothing.
    func read() throws -> [Manifest] {
        let manifests = try Manifest.read(filename)
        guard !manifests.isEmpty else {
            throw ManifestError(place: filename.joined(separator: ", "), message: "there is no manifest in it")
        }
        return manifests
    }
}

/// How objects are printed.
enum ObjectFormat: String, ExpressibleByArgument, CaseIterable {
    case yaml, json

    /// Several objects are a stream of YAML documents, or one JSON List: both can be applied as they are.
    func text(_ objects: [JSONValue]) -> String {
        switch self {
        case .yaml: return YAML.serialize(documents: objects, keyOrder: YAML.manifestOrder)
        case .json:
            let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": .array(objects)]
            return (objects.count == 1 ? objects[0] : list).prettyText(keyOrder: YAML.manifestOrder) + "\n"
        }
    }
}
