import PKI
import Testing

/// What is no key or certificate is refused with a word, never with a crash or a question on the terminal.
@Suite struct MalformedTests {
    private static let encryptedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgBAQEBAQEBAQICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAEBAQEBAQEBAQEBAQEBAQEEgZAB
        -----END ENCRYPTED PRIVATE KEY-----

        """

    @Test(arguments: [
        "", "nonsense", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ])
    func certificates(text: String) throws {
        let error = try #require(throws: PKIError.self) { try Certificate.all(pem: Array(text.utf8)) }
        #expect(error.code == .malformed)
    }

    @Test(arguments: ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", encryptedKey])
    func keys(text: String) throws {
        let error = try #require(throws: PKIError.self) { try PrivateKey(pem: Array(text.utf8)) }
        #expect(error.code == .malformed)
    }

    /// A bundle of which one is broken is not taken for the rest of it.
    @Test func brokenCertificateInABundleIsToldByItsPlace() throws {
        let good = try Authority().certificate.pem()
        let text = good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + good
        let error = try #require(throws: PKIError.self) { try Certificate.all(pem: Array(text.utf8)) }
        #expect(error.message == "certificate 2 of 3 cannot be read")
    }

    /// Changed bytes give an error or a certificate, nothing else.
    @Test func mutatedPEMNeverCrashes() throws {
        let text = Array(try Authority().issue(.sample(.server, names: [.dns("a.example")])).certificate.pem().utf8)
        for _ in 0..<3000 {
            var mutated = text
            for _ in 0..<Int.random(in: 1...4) { mutated[Int.random(in: 28..<mutated.count)] = UInt8.random(in: 43...122) }
            guard let certificates = try? Certificate.all(pem: mutated) else { continue }
            for certificate in certificates {
                _ = (certificate.names, certificate.notAfter, certificate.commonName, certificate.isAuthority)
                try? Certificate.verifyServer([certificate], roots: certificates, at: noon)
            }
        }
    }

    @Test func keysDoNotShowThemselves() throws {
        let key = try PrivateKey.generate()
        #expect("\(key)" == "private key")
    }
}
