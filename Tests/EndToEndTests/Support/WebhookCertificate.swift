import Foundation
import JSON
import KubernetesModel
import PKI

/// What the services of a control plane serve their webhooks with: in an installation cert-manager's work.
struct WebhookCertificate: Sendable {
    private let authority: String
    private let leaf: String
    private let key: String

    init() throws {
        let now = Timestamp(unixSeconds: Int64(Date().timeIntervalSince1970))
        let (rootKey, leafKey) = (try PrivateKey.generate(), try PrivateKey.generate())
        func profile(_ name: String, _ purpose: CertificateProfile.Purpose) -> CertificateProfile {
            CertificateProfile(
                commonName: name, purpose: purpose, names: [.address([127, 0, 0, 1]), .dns("localhost")],
                notBefore: now + .seconds(-60), notAfter: now + .seconds(86_400))
        }
        let root = try Certificate.selfSigned(profile("end-to-end", .authority), key: rootKey)
        authority = try root.pem()
        leaf = try root.issue(profile("webhooks", .server), key: leafKey, issuerKey: rootKey).pem()
        key = try leafKey.pem()
    }

    /// For a webhook's or CRD's `clientConfig`.
    var caBundle: JSONValue { Self.base64(authority) }

    private static func base64(_ text: String) -> JSONValue { .string(Data(text.utf8).base64EncodedString()) }

    func secret(of service: TestedService, in namespace: String) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
            "metadata": ["name": .string(service.servingSecret), "namespace": .string(namespace)],
            "data": ["tls.crt": Self.base64(leaf), "tls.key": Self.base64(key), "ca.crt": caBundle],
        ]
    }
}
