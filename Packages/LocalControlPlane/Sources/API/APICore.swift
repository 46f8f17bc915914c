import JSON
import KubernetesModel
import KubernetesSchema

/// The API as a value: requests in, answers and store changes out, nothing of time, chance or transport of its own.
///
/// Copies are snapshots, so a simulation can fork and replay it. `APIServer` puts a clock, a lock and watchers around it.
struct APICore: Sendable {
    var store = Store()
    var registry = Registry()
    /// Set before every request.
    var now = Timestamp(unixSeconds: 0)
    var identifiers: IdentifierSource
    /// Answers of webhooks to the request that is being handled.
    var webhooks = WebhookAnswers()
    /// Of the request that is being handled, for its client.
    var warnings: [String] = []

    /// Cheap to copy: stands in for a core that is being worked on elsewhere.
    static let empty = APICore(identifiers: .seeded(0))

    init(identifiers: IdentifierSource) {
        self.identifiers = identifiers
    }

    mutating func handle(_ request: APIRequest) -> APIAnswer {
        warnings = []
        do throws(StatusError) {
            switch RequestInfo(path: request.path).target {
            case .nonResource(let parts): return .response(try nonResource(parts, request))
            case .resource(let apiVersion, let plural, let namespace, let name, let subresource):
                guard let resource = registry.resource(apiVersion: apiVersion, plural: plural) else {
                    if registry.resources(apiVersion: apiVersion).isEmpty {
                        return .response(APIResponse(404, text: "404 page not found\n"))
                    }
                    throw StatusError.unknownResource
                }
                guard resource.namespaced || namespace == nil else { throw StatusError.unknownResource }
                if let warning = resource.custom?.deprecationWarning { warnings.append(warning) }
                let call = Call(
                    request: request, resource: resource, namespace: namespace, name: name, subresource: subresource, now: now)
                return try dispatch(call).adding(warnings: warnings)
            }
        } catch {
            guard error.undecided.isEmpty else { return .undecided(error.undecided) }
            return .response(APIResponse(error)).adding(warnings: warnings)
        }
    }

    private mutating func dispatch(_ call: Call) throws(StatusError) -> APIAnswer {
        if let subresource = call.subresource, subresource != "status" || !call.resource.hasStatus {
            return .response(try self.subresource(subresource, call))
        }
        switch (call.request.method, call.name) {
        case ("GET", _) where call.request.isTrue("watch"): return .watch(try watch(call))
        case ("GET", .some): return .response(try get(call))
        case ("GET", nil): return .response(try list(call))
        case ("POST", nil) where call.resource.verbs == ["create"]: return .response(try review(call))
        case ("POST", nil): return .response(try create(call))
        case ("PUT", .some): return .response(try replace(call))
        case ("PATCH", .some): return .response(try patch(call))
        case ("DELETE", .some): return .response(try delete(call))
        case ("DELETE", nil): return .response(try deleteCollection(call))
        default: throw .methodNotAllowed(call.request.method)
        }
    }
}

/// A request for a resource with what its query means.
struct Call: Sendable {
    enum Validation: Sendable { case ignore, warn, strict }

    var request: APIRequest
    var resource: Resource
    var namespace: String?
    var name: String?
    var subresource: String?
    var now: Timestamp
    /// Whether the writer becomes the manager of what it changes.
    var ownsFields = true
    /// By the server, from `generateName`.
    var isNameGenerated = false

    var key: ObjectKey { ObjectKey(namespace: resource.namespaced ? namespace ?? "" : "", name: name ?? "") }

    var isDryRun: Bool { request.parameter("dryRun") == "All" }

    var validation: Validation {
        switch request.parameter("fieldValidation") {
        case "Strict": .strict
        case "Ignore": .ignore
        default: .warn
        }
    }

    /// The field manager: the parameter, or what the user agent says before its first slash.
    var manager: String {
        if let name = request.parameter("fieldManager"), !name.isEmpty { return name }
        let agent = request.header("User-Agent").split(separator: "/").first.map(String.init) ?? ""
        return String((agent.isEmpty ? "unknown" : agent).prefix(128))
    }

    func fieldManager(_ operation: ManagedFields.Operation, subresource: String? = nil) -> FieldManager {
        let subresource = subresource ?? self.subresource ?? ""
        return FieldManager(
            schema: resource.schema,
            owner: ManagedFields.Owner(
                manager: manager, operation: operation, subresource: subresource, apiVersion: resource.apiVersion),
            now: subresource == "scale" ? .none : now.text,
            scope: subresource == "status" ? .statusOnly : resource.hasStatus ? .allButStatus : .all, storage: resource.storage)
    }

    func checkDryRun(_ options: String) throws(StatusError) {
        if let value = request.parameter("dryRun"), value != "All" {
            throw .invalidOptions(
                options,
                FieldError(
                    field: "dryRun", reason: "FieldValueNotSupported",
                    message: "Unsupported value: [\"\(value)\"]: supported values: \"All\""))
        }
    }
}

/// Where uids and name suffixes come from: chance, or a seed in simulations.
struct IdentifierSource: Sendable {
    private var state: UInt64?

    /// From the system's generator.
    static let random = IdentifierSource(state: nil)

    /// The same identifiers in the same order for the same seed.
    static func seeded(_ seed: UInt64) -> IdentifierSource { IdentifierSource(state: seed) }

    private init(state: UInt64?) {
        self.state = state
    }

    mutating func number() -> UInt64 {
        guard let current = state else { return UInt64.random(in: .min ... .max) }
        // SplitMix64
        let next = current &+ 0x9E37_79B9_7F4A_7C15
        state = next
        var mixed = next
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func uid() -> String {
        let high = (number() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
        let low = (number() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        let digits = Self.hex(high) + Self.hex(low)
        let cuts = [8, 12, 16, 20]
        var text = ""
        for (index, character) in digits.enumerated() {
            if cuts.contains(index) { text.append("-") }
            text.append(character)
        }
        return text
    }

    /// Five characters that cannot make a word, as the real server appends to `generateName`.
    mutating func suffix() -> String {
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
        return String((0..<5).map { _ in alphabet[Int(number() % UInt64(alphabet.count))] })
    }

    static func hex(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
