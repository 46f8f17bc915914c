import JSON
import KubernetesModel
import KubernetesSchema

/// A write about to happen, as admission webhooks see it.
struct AdmittedWrite {
    var operation: String
    var object: JSONValue?
    var old: JSONValue?
    var call: Call
    /// What `object` is, where that is not the call's resource: a Scale.
    var kind: (group: String, version: String, kind: String)?

    var subresource: String { call.subresource ?? "" }

    var options: String {
        switch (operation, call.request.method) {
        case ("CREATE", "POST"): "CreateOptions"
        case (_, "PATCH"): "PatchOptions"
        case ("DELETE", _): "DeleteOptions"
        case ("CREATE", _): "CreateOptions"
        default: "UpdateOptions"
        }
    }
}

/// A webhook of a configuration.
struct AdmissionWebhook {
    var json: JSONValue

    var name: String { json.string("name") }
    var isReinvoked: Bool { json["reinvocationPolicy"] == "IfNeeded" }
    var ignoresFailure: Bool { json["failurePolicy"] == "Ignore" }
    var isExact: Bool { json["matchPolicy"] == "Exact" }
    var isSafeInDryRun: Bool { ["None", "NoneOnDryRun"].contains(json.string("sideEffects")) }
}

extension APICore {
    /// The object as the mutating webhooks leave it, each called in the order of configurations and once more where a later one changed
    /// the object and it asks for that.
    mutating func mutated(_ object: JSONValue, old: JSONValue?, _ call: Call) throws(StatusError) -> JSONValue {
        let webhooks = admissionWebhooks("mutatingwebhookconfigurations", call)
        guard !webhooks.isEmpty else { return object }
        var write = AdmittedWrite(operation: old == nil ? "CREATE" : "UPDATE", object: object, old: old, call: call)
        // the real server makes the name after these webhooks
        if call.isNameGenerated { write.object?["metadata", "name"] = nil }
        var called: Set<Int> = []
        var again: Set<Int> = []
        for round in 0...1 {
            for (index, webhook) in webhooks.enumerated() where round == 0 || again.contains(index) {
                guard let before = write.object, let meant = target(of: webhook, write) else { continue }
                let shown = try inVersion(of: meant, write)
                let question = question(webhook, shown, meant)
                guard let response = try verdict(webhook, question, write) else { continue }
                let patched = try AdmissionAnswer.patched(shown.object ?? before, by: response)
                if patched != shown.object {
                    let back = try converted([patched], to: call.resource.apiVersion, call.resource.storage).first ?? patched
                    let (typed, _) = try type(back, call.resource)
                    write.object = defaulted(typed, call.resource)
                }
                if write.object != before { again.formUnion(called) }
                if webhook.isReinvoked { called.insert(index) }
            }
        }
        guard var result = write.object else { return object }
        if call.isNameGenerated { result["metadata", "name"] = object["metadata", "name"] }
        return result
    }

    /// Asks the validating webhooks, all at once.
    mutating func checkAdmission(_ write: AdmittedWrite) throws(StatusError) {
        var unanswered: [WebhookCall] = []
        var meant: [(AdmissionWebhook, AdmissionCall)] = []
        for webhook in admissionWebhooks("validatingwebhookconfigurations", write.call) {
            guard let target = target(of: webhook, write) else { continue }
            let question = question(webhook, try inVersion(of: target, write), target)
            meant.append((webhook, question))
            if webhooks.admissions[question] == nil { unanswered.append(.admission(question)) }
        }
        for (webhook, _) in meant { try checkDryRun(webhook, write.call) }
        guard unanswered.isEmpty else { throw .undecided(unanswered) }
        for (webhook, question) in meant { _ = try verdict(webhook, question, write) }
    }

    /// Asks about a deletion: the webhooks see what is stored, and can only refuse.
    mutating func checkDeletion(of object: JSONValue, _ call: Call) throws(StatusError) {
        let mutating = admissionWebhooks("mutatingwebhookconfigurations", call)
        guard !mutating.isEmpty || !admissionWebhooks("validatingwebhookconfigurations", call).isEmpty else { return }
        var call = call
        call.name = object.name
        call.namespace = call.resource.namespaced ? object.namespace : nil
        call.subresource = nil
        let write = AdmittedWrite(operation: "DELETE", object: nil, old: try presented(object, call.resource), call: call)
        for webhook in mutating {
            guard let target = target(of: webhook, write) else { continue }
            _ = try verdict(webhook, question(webhook, try inVersion(of: target, write), target), write)
        }
        try checkAdmission(write)
    }

    /// In the order of configurations' names. Webhook configurations are never subject to webhooks: a wrong one could not be mended.
    private func admissionWebhooks(_ plural: String, _ call: Call) -> [AdmissionWebhook] {
        guard webhooks.canBeAsked, call.resource.group != "admissionregistration.k8s.io" else { return [] }
        return store.all(GroupResource(group: "admissionregistration.k8s.io", plural: plural)).sorted { $0.key < $1.key }
            .flatMap { $0.value.list("webhooks").map { AdmissionWebhook(json: $0) } }
    }

    /// The version of the resource in which `webhook` wants to see the write; nil where it does not want to.
    private func target(of webhook: AdmissionWebhook, _ write: AdmittedWrite) -> Resource? {
        let rules = AdmissionRules(webhook.json)
        let resource = write.call.resource
        var versions = [resource]
        if !webhook.isExact, write.kind == nil {
            versions += registry.resources(storedAs: resource.storage).filter { $0.apiVersion != resource.apiVersion }
        }
        let found = versions.first { rules.match(operation: write.operation, $0, subresource: write.subresource) }
        guard let found, matchesNamespace(webhook, write) else { return nil }
        let selector = LabelQuery(selector: webhook.json["objectSelector"])
        guard [write.object, write.old].contains(where: { $0.map { selector.matches($0["metadata", "labels"]) } ?? false }) else {
            return nil
        }
        return found
    }

    private func matchesNamespace(_ webhook: AdmissionWebhook, _ write: AdmittedWrite) -> Bool {
        let selector = LabelQuery(selector: webhook.json["namespaceSelector"])
        if write.call.resource.groupResource == .namespaces {
            return selector.matches((write.object ?? write.old)?["metadata", "labels"])
        }
        guard write.call.resource.namespaced else { return true }
        let namespace = store.object(.namespaces, ObjectKey(name: write.call.key.namespace))
        return selector.matches(namespace?["metadata", "labels"])
    }

    private func inVersion(of resource: Resource, _ write: AdmittedWrite) throws(StatusError) -> AdmittedWrite {
        guard resource.apiVersion != write.call.resource.apiVersion, resource.custom != nil else { return write }
        var shown = write
        if let object = write.object { shown.object = try converted([object], to: resource.apiVersion, resource.storage).first }
        if let old = write.old { shown.old = try converted([old], to: resource.apiVersion, resource.storage).first }
        return shown
    }

    private func question(_ webhook: AdmissionWebhook, _ write: AdmittedWrite, _ target: Resource) -> AdmissionCall {
        func kind(_ resource: Resource) -> JSONValue {
            let kind = write.kind ?? (resource.group, resource.version, resource.kind)
            return ["group": .string(kind.group), "version": .string(kind.version), "kind": .string(kind.kind)]
        }
        func plural(_ resource: Resource) -> JSONValue {
            ["group": .string(resource.group), "version": .string(resource.version), "resource": .string(resource.plural)]
        }
        let call = write.call
        var options: JSONValue = ["kind": .string(write.options), "apiVersion": "meta.k8s.io/v1"]
        if call.isDryRun { options["dryRun"] = ["All"] }
        for name in ["fieldManager", "fieldValidation"] { options[name] = call.request.parameter(name).map { .string($0) } }
        var request: JSONValue = [
            "kind": kind(target), "resource": plural(target), "requestKind": kind(call.resource),
            "requestResource": plural(call.resource), "operation": .string(write.operation),
            "userInfo": ["username": "kubernetes-admin", "groups": ["system:masters", "system:authenticated"]],
            "object": write.object ?? .null, "oldObject": write.old ?? .null, "dryRun": .bool(call.isDryRun), "options": options,
        ]
        if let name = call.name, !call.isNameGenerated || write.object?["metadata", "name"] != nil {
            request["name"] = .string(name)
        }
        if call.resource.namespaced { request["namespace"] = .string(call.key.namespace) }
        if !write.subresource.isEmpty {
            request["subResource"] = .string(write.subresource)
            request["requestSubResource"] = .string(write.subresource)
        }
        return AdmissionCall(
            webhook: webhook.name, client: webhook.json["clientConfig"] ?? [:],
            timeoutSeconds: webhook.json["timeoutSeconds"]?.intValue ?? 10, request: request)
    }

    private func checkDryRun(_ webhook: AdmissionWebhook, _ call: Call) throws(StatusError) {
        guard call.isDryRun, !webhook.isSafeInDryRun else { return }
        throw .badRequest("admission webhook \(JSONValue.string(webhook.name).text) does not support dry run")
    }

    /// The response where the write is allowed; nil where the webhook failed and that does not matter.
    private mutating func verdict(
        _ webhook: AdmissionWebhook, _ question: AdmissionCall, _ write: AdmittedWrite
    ) throws(StatusError) -> JSONValue? {
        try checkDryRun(webhook, write.call)
        switch webhooks.admissions[question] {
        case nil: throw .undecided([.admission(question)])
        case .failure(let failure):
            if webhook.ignoresFailure { return nil }
            throw .internalError("failed calling webhook \(JSONValue.string(webhook.name).text): \(failure.message)")
        case .success(let response):
            warnings += response.strings("warnings")
            guard response["allowed"] == true else { throw AdmissionAnswer.denial(webhook.name, response) }
            return response
        }
    }
}
