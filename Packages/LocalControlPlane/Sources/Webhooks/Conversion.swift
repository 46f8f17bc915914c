import JSON
import KubernetesModel
import KubernetesSchema

/// The versions of a custom resource, served or not, and how objects get from one to another.
struct CustomResourceVersions: Sendable {
    enum Strategy: Sendable {
        case rewriteVersion
        /// Its `clientConfig`.
        case webhook(JSONValue)
    }

    var definition: CustomResourceDefinition
    var strategy: Strategy
    /// The apiVersion objects are stored in.
    var storage: String

    init?(_ object: JSONValue, metadata: Schema) {
        guard let definition = CustomResourceDefinition(object, metadata: metadata) else { return nil }
        self.definition = definition
        let stored = definition.versions.first(where: \.isStored)?.name ?? ""
        storage = "\(definition.group)/\(stored)"
        let client = object[path: "spec", "conversion", "webhook", "clientConfig"]
        strategy = object[path: "spec", "conversion", "strategy"] == "Webhook" ? .webhook(client ?? [:]) : .rewriteVersion
    }

    var hasWebhook: Bool {
        if case .webhook = strategy { true } else { false }
    }
}

extension APICore {
    /// A stored object in the version of `resource`.
    func presented(_ object: JSONValue, _ resource: Resource) throws(StatusError) -> JSONValue {
        if isPresented(object, resource) { return object }
        return try presented([object], resource).first ?? object
    }

    /// Stored objects in the version of `resource`; webhooks get all of them at once.
    func presented(_ objects: [JSONValue], _ resource: Resource) throws(StatusError) -> [JSONValue] {
        if resource.groupResource != resource.storage { return objects.map(EventViews.regarding(fromCore:)) }
        guard resource.custom != nil, objects.contains(where: { !isPresented($0, resource) }) else { return objects }
        return try converted(objects.map { readable($0, resource) }, to: resource.apiVersion, resource.storage)
    }

    private func isPresented(_ object: JSONValue, _ resource: Resource) -> Bool {
        resource.groupResource == resource.storage
            && (resource.custom == nil || object["apiVersion"]?.stringValue == resource.apiVersion)
    }

    /// A stored object as it is decoded: pruned and defaulted by the version it was written in, which may since have changed. The real
    /// server does the same; the defaults of the version that is asked for are not added.
    private func readable(_ object: JSONValue, _ resource: Resource) -> JSONValue {
        guard object["apiVersion"]?.stringValue != resource.apiVersion,
            let schema = registry.versions(of: resource.storage)?.definition.version(object.string("apiVersion"))?.schema
        else { return object }
        var dropped: [String] = []
        return schema.defaulting(schema.pruning(object, unknown: &dropped))
    }

    /// An object of `resource` as it is stored: with the defaults of the stored version, which the real server fills in on every read.
    func stored(_ object: JSONValue, _ resource: Resource) throws(StatusError) -> JSONValue {
        if resource.groupResource != resource.storage { return EventViews.core(fromRegarding: object) }
        guard resource.custom != nil, let versions = registry.versions(of: resource.storage),
            object["apiVersion"]?.stringValue != versions.storage
        else { return object }
        let converted = try converted([object], to: versions.storage, resource.storage).first ?? object
        return versions.definition.version(versions.storage)?.schema.defaulting(converted) ?? converted
    }

    /// Objects of one custom resource in another of its versions, pruned by its schema.
    func converted(
        _ objects: [JSONValue], to target: String, _ id: GroupResource
    ) throws(StatusError) -> [JSONValue] {
        guard let versions = registry.versions(of: id), let version = versions.definition.version(target) else { return objects }
        var result = objects
        var unanswered: [JSONValue] = []
        for (index, object) in objects.enumerated() where object["apiVersion"]?.stringValue != target {
            switch versions.strategy {
            case .rewriteVersion: result[index]["apiVersion"] = .string(target)
            case .webhook:
                switch webhooks.conversions[ConversionKey(object, to: target)] {
                case .success(let answer):
                    result[index] = answer
                    // the answer may be to an earlier attempt of the same request
                    result[index]["metadata", "resourceVersion"] = object["metadata", "resourceVersion"]
                case .failure(let error): throw error
                case nil: unanswered.append(object)
                }
            }
            var dropped: [String] = []
            result[index] = version.schema.pruning(result[index], unknown: &dropped)
        }
        guard let first = unanswered.first, case .webhook(let client) = versions.strategy else { return result }
        guard webhooks.canBeAsked else {
            throw StatusError(
                500, nil,
                "conversion webhook for \(ConversionAnswer.kind(of: first)) failed: this server was given no way to call webhooks"
            )
        }
        throw .undecided([.conversion(ConversionCall(client: client, objects: unanswered, target: target))])
    }
}
