package import ControllerRuntime
package import JSON
package import KubernetesModel
package import SpiceTypes

/// A SpicepodCluster: what its certificates depend on, and what we said of them.
package struct CachedCluster: CachedObject, Hashable {
    package var identity: ObjectIdentity
    /// Nodes talk without certificates.
    package var isInsecure: Bool
    /// The value of `spice.ai/rotate-ca`.
    package var rotationRequest: String?
    /// Of the URL at which executors find the schedulers, where it is not the operator's own choice.
    package var schedulerHost: String?
    package var status: CertificateStatus

    package init(scanning scanner: inout JSONScanner) throws {
        let tree = try scanner.value()
        identity = try ObjectIdentity(metadataOf: tree)
        let spec = tree["spec"]
        isInsecure = spec?["allowInsecureConnections"]?.boolValue ?? false
        rotationRequest = tree[path: "metadata", "annotations"]?[AnnotationKey.rotateCA]?.stringValue
        schedulerHost = spec?[path: "executorSpec", "cluster", "schedulerAddress"]?.stringValue.flatMap(Self.host(of:))
        status = CertificateStatus(tree["status"] ?? .object([:]))
    }

    package var names: ClusterNames { ClusterNames(cluster: identity.key.name) }

    /// The host of a URL with a scheme; a port and brackets are left out.
    package static func host(of url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
        let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        if place.hasPrefix("[") { return place.firstIndex(of: "]").map { String(place[...$0]) } }
        let host = place.prefix { $0 != ":" }
        return host.isEmpty ? nil : String(host)
    }
}

/// The certificate half of a cluster's status: nobody else writes it.
package struct CertificateStatus: Sendable, Hashable {
    package static let conditionType = "CertificatesReady"

    package var isReady: Bool?
    package var secretName: String?
    package var expiresAt: String?
    package var condition: Condition?

    package init(isReady: Bool? = nil, secretName: String? = nil, expiresAt: String? = nil, condition: Condition? = nil) {
        self.isReady = isReady
        self.secretName = secretName
        self.expiresAt = expiresAt
        self.condition = condition
    }

    init(_ status: JSONValue) {
        isReady = status["rootCertificateReady"]?.boolValue
        secretName = status["rootCertificateSecretName"]?.stringValue
        expiresAt = status["rootCertificateExpiresAt"]?.stringValue
        let written = status["conditions"]?.arrayValue?.first { $0["type"]?.stringValue == Self.conditionType }
        condition = written.flatMap { try? JSONTreeDecoder().decode(Condition.self, from: $0) }
    }

    /// What is applied.
    func tree() throws(JSONError) -> JSONValue {
        let status = SpicepodClusterStatus {
            $0.rootCertificateReady = isReady
            $0.rootCertificateSecretName = secretName
            $0.rootCertificateExpiresAt = expiresAt
            $0.conditions = condition.map { [$0] }
        }
        return try JSONTreeEncoder().encode(status)
    }
}

extension ObjectIdentity {
    init(metadataOf tree: JSONValue) throws {
        let metadata = try JSONTreeDecoder().decode(ObjectMeta.self, from: tree["metadata"] ?? .object([:]))
        self.init()
        key = metadata.key
        uid = metadata.uid ?? ""
        resourceVersion = metadata.resourceVersion ?? ""
        generation = metadata.generation ?? 0
        controllerUID = metadata.controller?.uid
        controllerName = metadata.controller?.name
        isDeleting = metadata.deletionTimestamp != nil
    }
}
