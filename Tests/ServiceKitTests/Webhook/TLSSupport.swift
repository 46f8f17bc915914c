import KubernetesModel
import NIOSSL
import PKI
import ServiceKit

/// A certificate authority of a test, and what it issues for `localhost`.
struct Issuer {
    let certificate: Certificate
    private let key: PrivateKey

    init(_ name: String = "tests") throws {
        key = try PrivateKey.generate()
        certificate = try Certificate.selfSigned(
            CertificateProfile(commonName: name, purpose: .authority, notBefore: .hours(-1), notAfter: .hours(100)), key: key)
    }

    struct Pair {
        var chain: [UInt8]
        var key: [UInt8]

        func serving() throws -> ServingCertificate { try ServingCertificate(chain: chain, key: key) }
    }

    func issue(
        names: [SubjectName] = [.dns("localhost")], purpose: CertificateProfile.Purpose = .server, from: Timestamp = .hours(-1),
        until: Timestamp = .hours(10)
    ) throws -> Pair {
        let key = try PrivateKey.generate()
        let leaf = try certificate.issue(
            CertificateProfile(commonName: "webhook", purpose: purpose, names: names, notBefore: from, notAfter: until), key: key,
            issuerKey: self.key)
        return Pair(chain: Array(try leaf.pem().utf8), key: Array(try key.pem().utf8))
    }

    var bundle: [UInt8] { get throws { Array(try certificate.pem().utf8) } }

    /// A client that trusts this authority alone.
    var client: TLSConfiguration {
        get throws {
            var client = TLSConfiguration.makeClientConfiguration()
            client.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bundle))
            return client
        }
    }
}

extension Timestamp {
    /// From now.
    static func hours(_ count: Int) -> Timestamp { WallClock.now() + .seconds(count * 3600) }
}
