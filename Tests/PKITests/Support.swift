import KubernetesModel
import PKI

/// A fixed noon, and certificates around it.
let noon = Timestamp(unixSeconds: 1_770_000_000)

extension CertificateProfile {
    static func sample(
        _ purpose: Purpose, name: String = "sample", names: [SubjectName] = [], from: Duration = .seconds(-3600),
        until: Duration = .seconds(3600)
    ) -> CertificateProfile {
        CertificateProfile(commonName: name, purpose: purpose, names: names, notBefore: noon + from, notAfter: noon + until)
    }
}

struct Authority {
    var key: PrivateKey
    var certificate: Certificate

    init(name: String = "authority", until: Duration = .seconds(36000)) throws {
        key = try PrivateKey.generate()
        certificate = try Certificate.selfSigned(.sample(.authority, name: name, until: until), key: key)
    }

    func issue(_ profile: CertificateProfile) throws -> (certificate: Certificate, key: PrivateKey) {
        let key = try PrivateKey.generate()
        return (try certificate.issue(profile, key: key, issuerKey: self.key), key)
    }
}
