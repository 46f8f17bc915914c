import Foundation
import JSON
import KubernetesModel
import PKI

/// As cert-manager issues: PKI's types, and a tree of JSON.
struct Issuing {
    var authority: Certificate
    var key: PrivateKey
    var now: Timestamp

    func secret(_ host: Host) throws -> [UInt8] {
        let leafKey = try PrivateKey.generate()
        let profile = CertificateProfile(
            commonName: host.pod, purpose: .peer, names: host.names.map { .dns($0) }, notBefore: now + .seconds(-900),
            notAfter: now + .seconds(7_776_000))
        let leaf = try authority.issue(profile, key: leafKey, issuerKey: key)
        let secret: JSONValue = [
            "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/tls",
            "metadata": [
                "name": .string("\(host.pod)-mtls"), "namespace": "default", "labels": ["spice.ai/component": "certificate"],
            ],
            "data": [
                "ca.crt": Self.base64(try authority.pem()), "tls.crt": Self.base64(try leaf.pem()),
                "tls.key": Self.base64(try leafKey.pem()),
            ],
        ]
        return secret.serialized()
    }

    private static func base64(_ text: String) -> JSONValue { .string(Data(text.utf8).base64EncodedString()) }
}
