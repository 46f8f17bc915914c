public import JSON

/// A CustomResourceDefinition as far as objects are judged by it: its versions and their schemas.
public struct CustomResourceDefinition: Sendable {
    public struct Version: Sendable {
        public var name: String
        public var isServed: Bool
        public var isStored: Bool
        public var schema: Schema
        /// What a client that uses this version is told; nil where it is not deprecated.
        public var deprecationWarning: String?
    }

    public var group: String
    public var kind: String
    public var versions: [Version]

    /// - Parameter metadata: the type of `metadata`, which no CRD says.
    /// - Returns: nil where `definition` is no CustomResourceDefinition.
    public init?(_ definition: JSONValue, metadata: Schema = .any) {
        guard let group = definition[path: "spec", "group"]?.stringValue,
            let kind = definition[path: "spec", "names", "kind"]?.stringValue,
            let list = definition[path: "spec", "versions"]?.arrayValue
        else { return nil }
        self.group = group
        self.kind = kind
        versions = list.map { version in
            Version(
                name: version["name"]?.stringValue ?? "", isServed: version["served"] == true, isStored: version["storage"] == true,
                schema: StructuralSchema.schema(ofVersion: version[path: "schema", "openAPIV3Schema"], metadata: metadata))
        }
        let current = zip(list, versions).filter { $0["deprecated"] != true && $1.isServed }.map(\.1.name)
        for (index, version) in list.enumerated() where version["deprecated"] == true {
            versions[index].deprecationWarning =
                version["deprecationWarning"]?.stringValue ?? defaultWarning(versions[index].name, current)
        }
    }

    /// The version of an apiVersion such as `spice.ai/v2`, served or not.
    public func version(_ apiVersion: String) -> Version? { versions.first { "\(group)/\($0.name)" == apiVersion } }

    /// Names the best version that is served, not deprecated and newer, as the real server does.
    private func defaultWarning(_ name: String, _ current: [String]) -> String {
        let newer = current.filter { APIVersionOrder.isPreferred($0, over: name) }
        let best = newer.min { APIVersionOrder.isPreferred($0, over: $1) }
        return "\(group)/\(name) \(kind) is deprecated" + (best.map { "; use \(group)/\($0) \(kind)" } ?? "")
    }
}

extension CustomResourceDefinition {
    /// What an API server makes of an object before any webhook, CEL rule or check of its metadata.
    public struct Judgement: Sendable {
        /// Without unknown fields, with defaults.
        public var object: JSONValue
        /// Paths of what no schema knows, which is dropped, or refused under strict field validation (kubectl's default).
        public var unknownFields: [String]
        public var errors: [FieldError]
    }

    /// Judges `object` by the schema of its own version.
    /// - Throws: what is wrong with `apiVersion` or `kind`.
    public func judge(_ object: JSONValue) throws(FieldError) -> Judgement {
        let apiVersion = object["apiVersion"] ?? .null
        guard let version = apiVersion.stringValue.flatMap({ self.version($0) }), version.isServed else {
            throw .unsupported("apiVersion", apiVersion, versions.filter(\.isServed).map { .string("\(group)/\($0.name)") })
        }
        guard object["kind"] == .string(kind) else { throw .unsupported("kind", object["kind"] ?? .null, [.string(kind)]) }
        var unknown: [String] = []
        let pruned = version.schema.pruning(object, unknown: &unknown)
        let defaulted = version.schema.defaulting(pruned)
        return Judgement(object: defaulted, unknownFields: unknown, errors: version.schema.validate(defaulted))
    }
}
